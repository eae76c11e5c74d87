import * as crypto from 'node:crypto';
import { BlockList, isIP } from 'node:net';
import * as zlib from 'node:zlib';
import middy from '@middy/core';
import * as zod from 'zod';
import type { Duration, Instant } from '../../shared/kernel/index.ts';
import type { FunctionName } from '../../shared/wiring/index.ts';
import { type Program, TO_ESM } from './program.ts';
import type { Random } from './random.ts';
import { type ServiceName, sdkFor } from './sdk/modules.ts';

export type Service = ServiceName;

/** What an environment reaches of the world around it. */
export interface Surroundings {
  readonly program: Program;
  readonly variables: Readonly<Record<string, string>>;
  readonly random: Random;
  now(): Instant;
  /** A call to AWS; it may never answer. */
  send(from: Environment, service: Service, operation: string, input: unknown): Promise<unknown>;
  /** Answers after a time. */
  pass(from: Environment, time: Duration): Promise<void>;
  logged(from: Environment, level: string, message: string, fields: unknown): void;
}

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

/** One environment of a Lambda function: its modules with their memory, which ends with it. */
export class Environment {
  readonly name: FunctionName;
  readonly id: string;
  /** How far its clock is ahead. */
  readonly skew: Duration;
  /** Whether its calls take long. */
  readonly isSlow: boolean;
  readonly handler: Handler;

  constructor(name: FunctionName, place: number, skew: Duration, around: Surroundings) {
    this.name = name;
    this.id = `${name}-${place}`;
    this.skew = skew;
    this.isSlow = around.random.chance(0.2);
    this.handler = this.start(around);
  }

  private start(around: Surroundings): Handler {
    const evaluate = around.program.entries.get(this.name);
    if (evaluate === undefined) throw new Error(`${this.name} is not part of this program`);
    const module: { exports: Record<string, unknown> } = { exports: {} };
    const now = () => around.now() + this.skew;
    const pass = (time: Duration) => around.pass(this, time);
    evaluate(
      modulesFor(this, around, pass),
      module,
      module.exports,
      { env: around.variables },
      dateOf(now),
      mathOf(around.random),
      (run: () => void, time: Duration) => void pass(time).then(run),
      () => undefined,
      silent,
    );
    return module.exports.handler as Handler;
  }
}

function modulesFor(own: Environment, around: Surroundings, pass: (time: Duration) => Promise<void>) {
  const sdk = sdkFor((service, operation, input) => around.send(own, service, operation, input), {
    token: () => bytes(around.random, 16).toString('hex'),
  });
  const say = (level: string) => (message: string, fields?: unknown) =>
    around.logged(own, level, message, fields);
  return (name: string): unknown => {
    const core = around.program.core.get(name);
    if (core !== undefined) return core;
    if (name === 'node:timers/promises') return { setTimeout: pass };
    if (name === TO_ESM) return toEsm;
    if (name === 'node:crypto')
      return { ...hashing, randomBytes: (size: number) => bytes(around.random, size) };
    if (name === '@aws-lambda-powertools/logger') return { Logger: loggerOf(say), ...unwritten };
    if (name === '@aws-lambda-powertools/metrics') return quietMetrics;
    return found(name, sdk[name] ?? packages[name]);
  };
}

// The schemas of an environment are few and soon gone: to compile a parser for each is not worth it.
zod.config({ jitless: true });

const unpacked = new Map<string, Buffer>();

/** Every environment reads the same few documents. */
function gunzipSync(packed: Uint8Array): Buffer {
  const name = Buffer.from(packed).toString('latin1');
  const known = unpacked.get(name) ?? zlib.gunzipSync(packed);
  if (unpacked.size < MOST_UNPACKED) unpacked.set(name, known);
  return Buffer.from(known);
}

const MOST_UNPACKED = 1_000;

/** What is packed here is small and kept: by itself each would keep 16 kB of memory. */
const deflateRawSync = (text: string): Buffer => zlib.deflateRawSync(text, { chunkSize: 1_024 });

const derived = new Map<string, ArrayBuffer>();

/** The same key from the same secret, derived once. */
const hkdfSync: typeof crypto.hkdfSync = (...given) => {
  const name = JSON.stringify(given);
  const known = derived.get(name) ?? crypto.hkdfSync(...given);
  derived.set(name, known);
  return known.slice();
};

const keys = new Map<string, crypto.KeyObject>();

/** Node is slow to make a key of what is none yet, and all sign with the same. */
function createHmac(algorithm: string, key: Uint8Array): crypto.Hmac {
  const name = Buffer.from(key).toString('latin1');
  const known = keys.get(name) ?? crypto.createSecretKey(key);
  keys.set(name, known);
  return crypto.createHmac(algorithm, known);
}

const hashing = {
  createHash: crypto.createHash,
  createHmac,
  hkdfSync,
  timingSafeEqual: crypto.timingSafeEqual,
};

const wrapped = new WeakMap<object, object>();

function toEsm(module: object): object {
  const known = wrapped.get(module) ?? { ...module, default: module };
  wrapped.set(module, known);
  return known;
}

/** Nobody here has a channel that is reached over HTTP. */
function request(): never {
  throw new Error('A simulated environment has no network');
}

/** Packages that have no state. */
const packages: Readonly<Record<string, unknown>> = {
  '@middy/core': middy,
  'node:console': { Console: class {} },
  'node:dns': { lookup: request },
  'node:net': { BlockList, isIP },
  'node:http': { request, Agent: class {} },
  'node:https': { request, Agent: class {} },
  'request-filtering-agent': { RequestFilteringHttpsAgent: class {} },
  'node:zlib': {
    gunzipSync,
    gzipSync: zlib.gzipSync,
    deflateRawSync,
    inflateRawSync: zlib.inflateRawSync,
  },
  zod,
};

function found(name: string, module: unknown): unknown {
  if (module === undefined) throw new Error(`A simulated environment has no module ${name}`);
  return module;
}

const loggerOf = (say: (level: string) => (message: string, fields?: unknown) => void) =>
  function Logger() {
    return { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') };
  };

/** Lines of a log are seen before they are written, so what would write them is never used. */
const unwritten = { LogFormatter: class {}, LogItem: class {} };

/** Metrics go nowhere here: every method of theirs does nothing. */
const quietMetrics = {
  MetricUnit: new Proxy({}, { get: (_, name) => name }),
  MetricResolution: new Proxy({}, { get: (_, name) => name }),
  Metrics: function Metrics() {
    const self: object = new Proxy({}, { get: () => () => self });
    return self;
  },
};

const silent = { log() {}, info() {}, warn() {}, error() {}, debug() {} };

const bytes = (random: Random, size: number): Buffer =>
  Buffer.from(Array.from({ length: size }, () => random.whole(0, 255)));

function dateOf(now: () => Instant): typeof Date {
  return class extends Date {
    constructor(...said: readonly [] | readonly [number | string | Date]) {
      super(said.length === 0 ? now() : said[0]);
    }
    static override now(): number {
      return now();
    }
  } as typeof Date;
}

const maths = new WeakMap<Random, Math>();

/** The same for all environments of one run. */
function mathOf(random: Random): Math {
  const known =
    maths.get(random) ?? Object.assign(Object.create(Math) as Math, { random: () => random.next() });
  maths.set(random, known);
  return known;
}
