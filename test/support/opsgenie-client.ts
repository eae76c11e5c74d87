import { createRequire } from 'node:module';

type Answer = Readonly<Record<string, unknown>>;
type Callback = (fault: Answer | null, answer: Answer | null) => void;
interface Named {
  readonly identifier: string;
  readonly identifierType?: 'id' | 'alias' | 'tiny';
}

/** What we use of Opsgenie's own SDK, which has no types. */
interface Sdk {
  configure(options: { readonly api_key: string; readonly host: string }): void;
  readonly alertV2: {
    create(data: object, config: object, done: Callback): void;
    get(named: Named, config: object, done: Callback): void;
    getRequestStatus(requestId: string, config: object, done: Callback): void;
    close(named: Named, data: object, config: object, done: Callback): void;
    acknowledge(named: Named, data: object, config: object, done: Callback): void;
    addNote(named: Named, data: object, config: object, done: Callback): void;
    delete(named: Named, config: object, done: Callback): void;
  };
}

/** Opsgenie's own client for a host with this certificate; each call gives the body of the answer, or throws it as a text. */
export function opsgenieClient(host: string, apiKey: string, ca: string) {
  const sdk = createRequire(import.meta.url)('opsgenie-sdk') as Sdk;
  sdk.configure({ api_key: apiKey, host });
  const config = () => ({ agentOptions: { ca } });
  const answered = (call: (done: Callback) => void): Promise<Answer> =>
    new Promise((resolve, reject) => {
      call((fault, answer) => (answer ? resolve(answer) : reject(new Error(JSON.stringify(fault)))));
    });
  const { alertV2 } = sdk;
  return {
    create: (data: object) => answered((done) => alertV2.create(data, config(), done)),
    get: (named: Named) => answered((done) => alertV2.get(named, config(), done)),
    status: (id: string) => answered((done) => alertV2.getRequestStatus(id, config(), done)),
    acknowledge: (named: Named) => answered((done) => alertV2.acknowledge(named, {}, config(), done)),
    close: (named: Named) => answered((done) => alertV2.close(named, { note: 'Over' }, config(), done)),
    note: (named: Named, note: string) =>
      answered((done) => alertV2.addNote(named, { note, user: 'Script' }, config(), done)),
  };
}
