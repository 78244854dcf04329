# The container image. `node scripts/image.mjs` runs these very instructions without Docker and tries the result.
ARG NODE_VERSION=24

# Everything that building takes; python3, make and g++ are part of the full image, for the SQLite driver.
FROM node:${NODE_VERSION}-bookworm AS build
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
RUN npm_config_nodedir="$(node -p "path.resolve(process.execPath, '../..')")" npm ci --include=dev
COPY . .
RUN npm run build
RUN node scripts/runtime.mjs build/runtime

# Only what a running server needs.
FROM node:${NODE_VERSION}-bookworm-slim
WORKDIR /app
# glibc keeps less freed memory with a fixed threshold (docs/operating.md, Memory and disk).
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOST=0.0.0.0 MALLOC_TRIM_THRESHOLD_=131072
COPY --from=build /src/build/runtime ./
# The user `node` of the base image, by number so that Kubernetes can prove that it is not root. It writes to data alone.
RUN mkdir data && chown 1000:1000 data
USER 1000:1000
VOLUME /app/data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/health/ready').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "build/server.mjs"]
