"""From Italian sentences to English ones: the engines, the models they run and how those are made."""
