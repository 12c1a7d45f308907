"""The design system: layout, tokens, components as Jinja2 macros, icons, the style guide. Rooms extend its pages."""
