# One image for web, worker, beat and migrate; which of them a container is, its command says.
FROM python:3.11-slim AS build
WORKDIR /source
COPY pyproject.toml requirements.txt requirements-dev.txt ./
COPY .ci/install-image .ci/
RUN .ci/install-image dependencies /product
COPY assessments assessments
COPY backend backend
COPY core core
COPY notifications notifications
COPY programs programs
COPY workstreams workstreams
RUN .ci/install-image product /product

FROM python:3.11-slim
# Pango draws the PDFs.
RUN apt-get update && apt-get install --yes --no-install-recommends libpangoft2-1.0-0 && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --create-home --home-dir /data tracker
COPY --from=build /product /product
ENV PATH=/product/bin:$PATH PYTHONUNBUFFERED=1 TRACKER_DATA=/data HOST=0.0.0.0 PORT=8000
WORKDIR /data
USER tracker
VOLUME /data
EXPOSE 8000
CMD ["tracker", "web"]
