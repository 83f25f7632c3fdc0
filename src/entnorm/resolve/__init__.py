"""Resolution: the document decides together which entity each mention means."""
