import { vi } from 'vitest';

// Where files share a process, packages stay loaded, which is most of what a page's test needs to begin. Our own modules are evaluated
// anew for each file: samples tell of minutes ago, counted from when they are loaded.
vi.resetModules();
