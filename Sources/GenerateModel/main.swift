print("generate-model")
