// SPDX-License-Identifier: MIT
import { performance } from 'node:perf_hooks';
export const now = () => performance.now();
export const sorted = a => Float64Array.from(a).sort();
export const median = a => { const s = sorted(a); const m = s.length >> 1; return s.length % 2 ? s[m] : (s[m-1]+s[m])/2; };
export const pct = (a, p) => { const s = sorted(a); return s[Math.min(s.length-1, Math.ceil(s.length*p)-1)]; };
export const out = (c, n, value, unit, extra={}) => console.log(JSON.stringify({case:c, n, value: typeof value==='number'? +value.toPrecision(5):value, unit, ...extra}));
export function rng(seed){ let s=seed>>>0; return ()=>{ s=(Math.imul(s,1664525)+1013904223)>>>0; return s/4294967296; }; }
import { createHash } from 'node:crypto';
export const hexkey = (i, salt='k') => createHash('sha256').update(salt+':'+i).digest('hex');
export async function reps(n, f){ const a=[]; for(let i=0;i<n;i++) a.push(await f(i)); return a; }
export const gc = () => globalThis.gc && globalThis.gc();
