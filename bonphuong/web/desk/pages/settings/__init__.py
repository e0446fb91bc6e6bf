"""What the pages of the settings show: tables of dated rows made from one description each, and a few of their own."""
