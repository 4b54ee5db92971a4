/** What passed between the host page and the Mini App, and what else a test may want to know. */
export type HostLogEntry = {
  atMs: number;
  from: 'app' | 'host' | 'chat';
  type: string;
  data: unknown;
};

declare global {
  interface Window {
    hostLog: HostLogEntry[];
  }
}

window.hostLog = [];

export function log(from: HostLogEntry['from'], type: string, data?: unknown): void {
  window.hostLog.push({ atMs: Date.now(), from, type, data });
}
