import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type NodeEvent, type NodeStatus, nodeAfter, nodesThatMay } from './node-status.ts';

const events = fc.array(fc.constantFrom<NodeEvent>('hello', 'heartbeat', 'drain', 'silence', 'end'));

describe('a node', () => {
  it('goes the whole way from provisioned to retired', () => {
    let status: NodeStatus = 'provisioned';
    const passed = (['hello', 'heartbeat', 'drain', 'end'] as const).map((event) => {
      status = nodeAfter(status, event) ?? status;
      return status;
    });
    expect(passed).toEqual(['registered', 'active', 'draining', 'retired']);
  });

  it('that was lost is back with a sign of life, and one that has ended only with a hello', () => {
    expect(nodeAfter('lost', 'heartbeat')).toBe('active');
    expect(nodeAfter('lost', 'hello')).toBe('registered');
    expect(nodeAfter('retired', 'heartbeat')).toBeUndefined();
    expect(nodeAfter('retired', 'hello')).toBe('registered');
  });

  it('never works after its end without a hello between', () => {
    fc.assert(
      fc.property(events, (sequence) => {
        let status = nodeAfter('active', 'end');
        for (const event of sequence) {
          if (event === 'hello') return;
          status = status && (nodeAfter(status, event) ?? status);
          expect(status).toBe('retired');
        }
      }),
    );
  });

  it('that works or drains cannot say hello: its place is taken', () => {
    expect(nodesThatMay('hello')).toEqual(['provisioned', 'lost', 'retired']);
    expect(nodesThatMay('silence')).toEqual(['registered', 'active', 'draining']);
  });
});
