import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type Asked, actionOf, type Fault, type Protocol, render, renderFault } from './fake-aws-wire.ts';

/** One operation that the account answers: its parameters, all of which are named, and what it says. */
export interface Operation {
  readonly protocol: Protocol;
  /** Parameters by name; true for those that must be there. Another one is refused, as AWS does. */
  readonly takes: Readonly<Record<string, boolean>>;
  readonly answer: (asked: Asked['input']) => unknown;
}

/** Operations by `<service of the signature>:<operation>`, such as `ses:GetAccount`. */
export type Operations = Readonly<Record<string, Operation>>;

/** An account of AWS that answers over HTTP what a test says, and refuses whatever AWS would refuse. */
export interface FakeAws {
  readonly address: string;
  /** What was asked, as `<service>:<operation>`. */
  readonly asked: readonly string[];
  /** Leaves these operations out of what the caller may do. */
  deny(...operations: readonly string[]): void;
  stop(): Promise<void>;
}

/** A refusal that an operation's answer throws. */
export class AwsFault extends Error implements Fault {
  readonly status: number;
  readonly code: string;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** Starts an account on a free port of this machine. */
export async function startFakeAws(operationsAt: (address: string) => Operations): Promise<FakeAws> {
  const asked: string[] = [];
  const denied = new Set<string>();
  let operations: Operations = {};
  const server = createServer((request, response) => {
    text(request)
      .then((body) => serve(request, body, response))
      .catch((fault: unknown) => response.destroy(fault instanceof Error ? fault : undefined));
  });
  function serve(request: IncomingMessage, body: string, response: ServerResponse): void {
    const wanted = actionOf(request, body);
    const name = `${wanted.service}:${wanted.operation}`;
    asked.push(name);
    const operation = operations[name];
    try {
      if (!wanted.signed) throw new AwsFault('MissingAuthenticationToken', 'The request is not signed', 403);
      if (operation === undefined || operation.protocol !== wanted.protocol)
        throw new AwsFault('InvalidAction', `${name} by ${wanted.protocol} is not an operation here`);
      if (denied.has(name))
        throw new AwsFault('AccessDenied', `User: x is not authorized to perform: ${name}`, 403);
      checkInput(operation, wanted.input);
      const { status, type, content } = render(wanted, operation.answer(wanted.input));
      response.writeHead(status, { 'content-type': type }).end(content);
    } catch (fault) {
      if (!(fault instanceof AwsFault)) throw fault;
      const { status, headers, content } = renderFault(wanted.protocol, fault);
      response.writeHead(status, headers).end(content);
    }
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  operations = operationsAt(address);
  return {
    address,
    asked,
    deny(...names) {
      for (const name of names) denied.add(name);
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function checkInput({ takes }: Operation, input: Asked['input']): void {
  const unknown = Object.keys(input).filter((name) => !Object.hasOwn(takes, name));
  if (unknown.length > 0) throw new AwsFault('ValidationError', `Unknown parameters: ${unknown.join(', ')}`);
  const lacking = Object.keys(takes).filter((name) => takes[name] && input[name] === undefined);
  if (lacking.length > 0) throw new AwsFault('ValidationError', `Missing parameters: ${lacking.join(', ')}`);
}
