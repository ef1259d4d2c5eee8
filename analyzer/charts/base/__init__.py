"""What all charts share: the style sheet, the paper, scales, labels and the files."""
