"""What tests stand on: throw-away servers, blank databases, a real browser, checkers of pages."""
