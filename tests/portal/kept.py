"""Good examples of a file: a photo of a lamp that is out, kept with the matter it shows."""

from uuid import UUID

from services.portal.domain.file import events as said

SUBJECT = UUID("0190aaaa-0000-7000-8000-00000000001e")
FILE_ID = UUID("0190aaaa-0000-7000-8000-0000000000f1")
NAME = f"sealed:1:{SUBJECT}:{'A' * 60}"
DIGEST = "5f" * 32

KEPT = said.FileKept(
    file_id=FILE_ID, subject_id=SUBJECT, name=NAME, media="image/jpeg", size=48_213,
    digest=DIGEST, purpose="photo", public=False, keeper="he",
)  # fmt: skip
REMOVED = said.FileRemoved(file_id=FILE_ID, subject_id=SUBJECT, reason="照片里有人脸")
