"""Documents on paper and on slides: what they say, and how PDF, DOCX and PPTX say it."""
