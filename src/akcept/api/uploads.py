"""Files on their way in: kept by content first, named in a case afterwards."""

from __future__ import annotations

from ninja import File, Status
from ninja.files import UploadedFile

from akcept.api.calls import ApiRequest
from akcept.api.door import Door
from akcept.api.given import KeptOut
from akcept.files import services
from akcept.people.codes import TokenScope

door = Door(tags=["Files"])


@door.act("/files", KeptOut, TokenScope.DRAFT, summary="Upload a file", status=201)
def upload_file(request: ApiRequest, file: File[UploadedFile]) -> Status[KeptOut]:
    """Keep a file; the same contents are kept once, so sending it again does no harm."""
    name, asked = file.name or "file", request.auth
    kept = services.keep(stream=file, name=name, by=asked.by.id, at=asked.at)
    return Status(201, KeptOut.model_validate(kept))
