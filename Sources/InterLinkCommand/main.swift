print("interlink-plugin")
