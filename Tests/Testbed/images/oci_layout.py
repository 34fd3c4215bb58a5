"""oci_layout.py LAYOUT FOLDER: the folder as an OCI image layout of one layer, with a configuration worth honouring."""

import hashlib
import io
import json
import os
import sys
import tarfile

layout, folder = sys.argv[1:]
os.makedirs(f"{layout}/blobs/sha256")


def blob(data):
    digest = hashlib.sha256(data).hexdigest()
    with open(f"{layout}/blobs/sha256/{digest}", "wb") as file:
        file.write(data)
    return f"sha256:{digest}", len(data)


def document(value):
    return blob(json.dumps(value).encode())


ENTRYPOINT = b"""#!/bin/sh
echo "entrypoint: $#"
for argument in "$@"; do echo "argument: $argument"; done
echo "IMAGE_VARIABLE=$IMAGE_VARIABLE"
echo "SHARED=$SHARED"
echo "folder: $(pwd)"
"""

stream = io.BytesIO()
with tarfile.open(fileobj=stream, mode="w") as tar:
    tar.add(folder, arcname=".")
    entry = tarfile.TarInfo("./app")
    entry.type, entry.mode = tarfile.DIRTYPE, 0o755
    tar.addfile(entry)
    entry = tarfile.TarInfo("./app/entrypoint")
    entry.size, entry.mode = len(ENTRYPOINT), 0o755
    tar.addfile(entry, io.BytesIO(ENTRYPOINT))
layer, layer_size = blob(stream.getvalue())

config, config_size = document(
    {
        "architecture": "amd64",
        "os": "linux",
        "config": {
            "Entrypoint": ["/app/entrypoint"],
            "Cmd": ["from", "the image"],
            "Env": ["PATH=/bin:/usr/bin", 'IMAGE_VARIABLE=says "hi" for $5', "SHARED=image", "with.dot=dotted"],
            "User": "1234",
            "WorkingDir": "/app",
        },
        "rootfs": {"type": "layers", "diff_ids": [layer]},
    }
)
manifest, manifest_size = document(
    {
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "digest": config, "size": config_size},
        "layers": [{"mediaType": "application/vnd.oci.image.layer.v1.tar", "digest": layer, "size": layer_size}],
    }
)
with open(f"{layout}/oci-layout", "w") as file:
    json.dump({"imageLayoutVersion": "1.0.0"}, file)
with open(f"{layout}/index.json", "w") as file:
    json.dump(
        {
            "schemaVersion": 2,
            "manifests": [
                {
                    "mediaType": "application/vnd.oci.image.manifest.v1+json",
                    "digest": manifest,
                    "size": manifest_size,
                    "annotations": {"org.opencontainers.image.ref.name": "latest"},
                }
            ],
        },
        file,
    )
