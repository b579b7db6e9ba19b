"""The desk: pages for the lender's own people, with a door of their own."""
