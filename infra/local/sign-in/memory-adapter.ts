import type { Adapter, AdapterPayload } from 'oidc-provider';

interface Kept {
  readonly payload: AdapterPayload;
  readonly until: number;
}

/** Keeps sessions, codes and grants in memory, each kind in a map of its own; they end with the process. */
export function memoryAdapter(): (kind: string) => Adapter {
  const kinds = new Map<string, Map<string, Kept>>();
  return (kind) => {
    const kept = kinds.get(kind) ?? new Map<string, Kept>();
    kinds.set(kind, kept);
    return adapterOver(kept);
  };
}

function adapterOver(kept: Map<string, Kept>): Adapter {
  const live = (id: string) => {
    const found = kept.get(id);
    if (found && found.until > Date.now()) return found.payload;
    kept.delete(id);
    return undefined;
  };
  const by = (name: 'uid' | 'userCode', value: string) =>
    [...kept.keys()].map(live).find((payload) => payload?.[name] === value);
  return {
    async upsert(id, payload, expiresIn) {
      kept.set(id, { payload, until: expiresIn ? Date.now() + expiresIn * 1000 : Number.POSITIVE_INFINITY });
    },
    find: async (id) => live(id),
    findByUid: async (uid) => by('uid', uid),
    findByUserCode: async (code) => by('userCode', code),
    async consume(id) {
      const payload = live(id);
      if (payload) payload.consumed = Math.floor(Date.now() / 1000);
    },
    async destroy(id) {
      kept.delete(id);
    },
    async revokeByGrantId(grantId) {
      for (const [id, { payload }] of kept) if (payload.grantId === grantId) kept.delete(id);
    },
  };
}
