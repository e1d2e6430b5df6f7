"""What an area looks like: boards, sheets, indicators, rankings, the closed loop."""
