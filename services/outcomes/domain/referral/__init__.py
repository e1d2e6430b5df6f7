"""The referral (纪检反馈): promised on the spot, not done, and handed on; for few eyes only."""
