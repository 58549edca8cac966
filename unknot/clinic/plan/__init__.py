"""The plan: proposed within the safety check, adjusted within limits, agreed by the client."""
