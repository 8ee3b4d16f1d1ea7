# syntax=docker/dockerfile:1

# Everything that `npm start` would do on a machine of one's own: install, build the pages.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund
COPY . .
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1
RUN node_modules/node/bin/node node_modules/next/dist/bin/next build
# What only the build has needed.
RUN rm -rf .next/cache node_modules/typescript node_modules/@typescript node_modules/@types \
    node_modules/tailwindcss node_modules/@tailwindcss node_modules/lightningcss* node_modules/pretendard node_modules/lucide-react

# The server runs on the Node that package.json pins, which lies in node_modules.
FROM debian:bookworm-slim
WORKDIR /app
RUN mkdir /data && chown 10001:10001 /data
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/.next .next
COPY --from=build /app/public public
COPY --from=build /app/drizzle drizzle
COPY --from=build /app/lib lib
COPY --from=build /app/server server
COPY --from=build /app/bin/sarangbang bin/sarangbang
COPY --from=build /app/package.json /app/next.config.ts ./
ENV PATH=/app/bin:/app/node_modules/node/bin:$PATH NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
USER 10001:10001
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://localhost:${process.env.PORT}/up`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# As bin/start.mjs starts it.
CMD ["node", "--max-semi-space-size=8", "server/main.ts"]
