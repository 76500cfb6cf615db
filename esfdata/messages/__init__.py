"""Every text that the program says, in Finnish, Swedish and English."""
