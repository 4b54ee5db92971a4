# One image for bot, server and worker: `start` runs all three, `start worker` one of them.
FROM node:24-slim AS build
WORKDIR /usher
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build && npm prune --omit=dev --no-audit --no-fund

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /usher
COPY --from=build --chown=root:root /usher /usher
USER node
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=3s CMD \
  node -e "fetch('http://127.0.0.1:'+(process.env.PORT||8080)+'/health/live').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"
ENTRYPOINT ["node", "--import", "tsx", "ops/cli/main.ts"]
CMD ["start"]
