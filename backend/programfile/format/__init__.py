"""The program file, `crm-program/1`: what may stand in it, reading it with its lines, checking it, writing it.

Pure: nothing here touches the database or the clock.
"""
