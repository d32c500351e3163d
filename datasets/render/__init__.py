"""The scene renderer.  Needs the rendering environment (bpy); nothing else imports it."""
