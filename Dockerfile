# Builds with the system's libpq, which brings TLS to PostgreSQL; SQLite is bundled.
FROM rust:1.95-slim-bookworm AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends gcc libc6-dev libpq-dev make pkg-config \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY . .
RUN cargo build --release --locked --no-default-features --bin miernik \
    && strip target/release/miernik

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates libpq5 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /var/lib/miernik miernik \
    && install -d -m 700 -o miernik -g miernik /var/lib/miernik
COPY --from=build /build/target/release/miernik /usr/local/bin/miernik
COPY --from=build /build/docker/entrypoint.sh /usr/local/bin/entrypoint.sh
COPY --from=build /build/LICENSE /usr/share/doc/miernik/LICENSE
# Database, keys and outbox live below this folder; everything else may be read-only.
WORKDIR /var/lib/miernik
VOLUME /var/lib/miernik
USER miernik
ENV MIERNIK_LISTEN=0.0.0.0:8080
EXPOSE 8080
# Asks for /health/live without a client of its own in the image.
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health/live HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && grep -q '200 OK' <&3"]
ENTRYPOINT ["entrypoint.sh"]
CMD ["serve"]
