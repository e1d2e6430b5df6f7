"""The publication (公开事项): what of one matter others are told, and from when on."""
