"""The history page as two other stacks serve it, each with its own database and sign-in.

They run in an environment of their own (requirements.txt beside), import nothing of Madoguchi, and read
rows and sums from their databases at each request; menus, words and the picture's line stand ready in memory.
"""
