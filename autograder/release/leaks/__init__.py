"""Proof that what students get holds nothing private."""
