# deskcheck: `make wheel && docker build -t deskcheck .`; how to run it: docs/install.md
FROM python:3.11-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY requirements/runtime.lock /build/
RUN python -m venv /opt/deskcheck/venv \
 && /opt/deskcheck/venv/bin/pip install --require-hashes --only-binary=:all: -r /build/runtime.lock
COPY dist/deskcheck-*.whl /build/
RUN /opt/deskcheck/venv/bin/pip install --no-deps /build/deskcheck-*.whl

FROM python:3.11-slim-bookworm
RUN apt-get update \
 && apt-get install -y --no-install-recommends fonts-noto-cjk \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin deskcheck \
 && install -d -m 0700 -o 10001 -g 10001 /data
COPY --from=build /opt/deskcheck/venv /opt/deskcheck/venv
# what is read-only stays so: no byte code is written, scratch goes to /tmp
ENV PATH=/opt/deskcheck/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    DESKCHECK_DATA=/data \
    DESKCHECK_HOST=0.0.0.0
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["python", "-I", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
CMD ["deskcheck", "serve"]
