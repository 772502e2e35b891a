// SPDX-License-Identifier: MIT
// What both peers are measured with: median over repetitions, one JSON line a figure.
import { createHash } from 'node:crypto';
import { performance } from 'node:perf_hooks';

export const sizes = (process.env.PEER_SIZES ?? '10,100,1000').split(',').map(Number);
export const now = () => performance.now();

export function median(values) {
    const sorted = Float64Array.from(values).sort();
    const middle = sorted.length >> 1;
    return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** microseconds: the median of the figures; operation: add, switch, restore, list. */
export function report(peer, operation, n, microseconds) {
    console.log(JSON.stringify({ peer, operation, n, us: median(microseconds) }));
}

/** The same numbers in every run, from 0 to below n. */
export function picker(seed, n) {
    let state = seed >>> 0;
    return () => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return Math.floor((state / 4294967296) * n);
    };
}

export const privateKey = (i) => createHash('sha256').update(`bench:${i}`).digest('hex');
