"""The inbox's pages: reading, answering, deciding, and what a person does about a mail that did not leave."""
