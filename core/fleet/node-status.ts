/**
 * Where a worker node stands: known before it ever ran, has said hello, works, ends in order, has fallen silent, has
 * ended.
 */
export const NODE_STATUSES = ['provisioned', 'registered', 'active', 'draining', 'lost', 'retired'] as const;
export type NodeStatus = (typeof NODE_STATUSES)[number];

/** `silence`: no heartbeat for a whole lease term. */
export type NodeEvent = 'hello' | 'heartbeat' | 'drain' | 'silence' | 'end';

const moves: Record<NodeEvent, Partial<Record<NodeStatus, NodeStatus>>> = {
  hello: { provisioned: 'registered', lost: 'registered', retired: 'registered' },
  heartbeat: { registered: 'active', active: 'active', draining: 'draining', lost: 'active' },
  drain: { registered: 'draining', active: 'draining', lost: 'draining', draining: 'draining' },
  silence: { registered: 'lost', active: 'lost', draining: 'lost' },
  end: { registered: 'retired', active: 'retired', draining: 'retired', lost: 'retired' },
};

/** The status after an event; undefined when the event cannot happen to such a node. */
export const nodeAfter = (from: NodeStatus, event: NodeEvent): NodeStatus | undefined => moves[event][from];

/** The statuses in which an event can happen to a node. */
export const nodesThatMay = (event: NodeEvent): readonly NodeStatus[] =>
  NODE_STATUSES.filter((status) => nodeAfter(status, event) !== undefined);
