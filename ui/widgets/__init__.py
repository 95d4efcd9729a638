"""Widgets shared by the windows; none holds a rule of the business."""
