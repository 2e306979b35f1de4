"""Parts of Pasqal Cloud that have operations of their own."""
