"""Pages as files: workbooks, documents to print, and what takes so long that it is a job."""
