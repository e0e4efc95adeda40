"""The rules for prompts and rubrics that a program can check, numbered as in the standard: E blocks publishing, W warns."""
