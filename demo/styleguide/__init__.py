"""The style guide: every component and block of the site with sample data, at /styleguide/. Demo and tests only."""
