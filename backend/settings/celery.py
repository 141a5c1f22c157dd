"""Celery's settings, as they were found by killing brokers and workers: a message is only a wake-up."""

from backend.settings import environment

SWEEP = "notifications.tasks.sweep"
SWEEP_SECONDS = 20
SNAPSHOTS = "backend.overview.tasks.take_snapshots"
SNAPSHOTS_SECONDS = 3600
PROMPTS = "assessments.tasks.raise_prompts"
PROMPTS_SECONDS = 3600

# Empty without a broker: then nothing is published, and `tracker remind` does a sweep by hand.
broker_url = environment.redis_url(environment.data_folder())
broker_connection_retry_on_startup = True
# Without a limit on tries a worker that starts before its broker waits for it as long as it takes.
broker_connection_max_retries = None
broker_transport_options = {
    "visibility_timeout": 300,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "health_check_interval": 25,
    "socket_connect_timeout": 2,
    "socket_timeout": 30,
    # Without these four a publish that is refused blocks its request for 6 s; with them for some milliseconds.
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.05,
    "interval_max": 0.05,
}

timezone = "UTC"
enable_utc = True
accept_content = ["json"]
task_serializer = "json"
result_serializer = "json"
task_ignore_result = True
# The lease in the database recovers what a killed worker held; a message that came back late would recover nothing.
task_acks_late = False
task_soft_time_limit = 75
task_time_limit = 90
task_publish_retry = False
worker_prefetch_multiplier = 1
worker_max_tasks_per_child = 500
worker_soft_shutdown_timeout = 30
worker_hijack_root_logger = False
worker_cancel_long_running_tasks_on_connection_loss = False

beat_schedule = {
    # An interval, in the settings and not in the database; a wake-up that comes late has been overtaken by the next.
    "sweep": {"task": SWEEP, "schedule": SWEEP_SECONDS, "options": {"expires": 15}},
    # Every hour, so that a day's figures are kept in every time zone, and stand as they were near its end.
    "snapshots": {"task": SNAPSHOTS, "schedule": SNAPSHOTS_SECONDS, "options": {"expires": 900}},
    # A prompt to assess again is for a day: within an hour of its cause is soon enough.
    "prompts": {"task": PROMPTS, "schedule": PROMPTS_SECONDS, "options": {"expires": 900}},
}
