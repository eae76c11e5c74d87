import type { Permission } from './proxy/border.ts';
import type { Count } from './proxy/tally.ts';
import type { Engines, Functions, Resource } from './resource.ts';

/** A local system that runs: what scripts and tests may do with it. */
export interface LocalSystem {
  readonly clock: {
    /** Milliseconds since the epoch. */
    now(): number;
    /** Moves the clock on by this many milliseconds, from due point to due point. */
    fastForward(milliseconds: number): Promise<void>;
    /** Moves the clock to an instant, from due point to due point. */
    fastForwardTo(instant: number): Promise<void>;
    /** The offset that worker threads and other processes may follow. */
    readonly shared: SharedArrayBuffer;
  };
  /** Endpoints of the engines themselves, as http://127.0.0.1:port, where no permission is asked: for tests that look in. */
  readonly engines: Engines;
  /** AWS settings (region, endpoints, keys) with which a command of the operator calls as it would in AWS. */
  readonly environment: Readonly<Record<string, string>>;
  readonly functions: Functions;
  /** The outputs of the stack, with local addresses. */
  readonly outputs: Readonly<Record<string, string>>;
  /** The folder with everything that survives a restart. */
  readonly data: string;
  /** All resources of one type, resolved. */
  all<Properties = Record<string, unknown>>(type: string): readonly Resource<Properties>[];
  /** The resource with this logical id; the eight digits that CDK adds may be left out. */
  find<Properties = Record<string, unknown>>(id: string): Resource<Properties>;
  /** The local port of a door (REST API, socket API, static site, sign-in, inbox). */
  port(id: string): number;
  /** How often each function called what, and how it was answered, since the start. */
  calls(): readonly Count[];
  /** What was refused to functions, tools and strangers for want of a permission, each once, in words. */
  refused(): readonly string[];
  /** What roles allow their functions, and whether these made use of it since the start. */
  permissions(): readonly Permission[];
  /** Resolves when nothing more happens without time passing. */
  idle(): Promise<void>;
  /** Resolves, with the reason, when an engine ends although nobody stopped it: the system is of no use any more. */
  readonly broken: Promise<Error>;
  stop(): Promise<void>;
}
