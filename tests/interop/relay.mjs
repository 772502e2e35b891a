// SPDX-License-Identifier: MIT
// usage: node relay.mjs [--host ADDRESS] [--port N] [--auth] [--refuse TEXT]
// A relay (NIP-01) that keeps the newest of what is replaceable, in memory. Prints "relay ws://ADDRESS:PORT" once it listens, and
// ends with its standard input. Takes commands there, one JSON object a line, and answers each with a line, "done" where
// nothing else is said:
//   {"auth": true}       demand that clients say who they are (NIP-42); --auth from the start
//   {"refuse": TEXT}     answer every event with OK false and TEXT; "" takes them again; --refuse likewise
//   {"store": [EVENT…]}  keep these as they are, unverified, whatever was there before, and send them to whoever listens
//   {"events": FILTER}   what is kept, as a JSON array on one line
//   {"clear": true}      keep nothing any more
//   {"hangUp": true}     close all connections
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { WebSocketServer } from 'ws';
import common from '@nostr-relay/common';
import core from '@nostr-relay/core';

const { values: options } = parseArgs({
  options: {
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '0' },
    auth: { type: 'boolean', default: false },
    refuse: { type: 'string', default: '' },
  },
});

const isReplaceable = kind => kind === 0 || kind === 3 || (kind >= 10000 && kind < 20000);
const isAddressable = kind => kind >= 30000 && kind < 40000;
const newestFirst = (a, b) => b.created_at - a.created_at || (a.id < b.id ? -1 : 1);

class Memory extends common.EventRepository {
  kept = new Map();
  isSearchSupported() {
    return false;
  }
  /// What an event takes the place of.
  placeOf(event) {
    if (isReplaceable(event.kind)) return `${event.kind}:${event.pubkey}`;
    if (isAddressable(event.kind)) return `${event.kind}:${event.pubkey}:${event.tags.find(tag => tag[0] === 'd')?.[1] ?? ''}`;
    return event.id;
  }
  put(event) {
    this.kept.set(this.placeOf(event), event);
  }
  upsert(event) {
    const before = this.kept.get(this.placeOf(event));
    if (before && newestFirst(before, event) <= 0) return { isDuplicate: true };
    this.put(event);
    return { isDuplicate: false };
  }
  find(filter) {
    const fits = event =>
      (!filter.ids || filter.ids.includes(event.id)) &&
      (!filter.authors || filter.authors.includes(event.pubkey)) &&
      (!filter.kinds || filter.kinds.includes(event.kind)) &&
      (filter.since === undefined || event.created_at >= filter.since) &&
      (filter.until === undefined || event.created_at <= filter.until) &&
      Object.entries(filter).every(([key, wanted]) => key[0] !== '#' || event.tags.some(tag => tag[0] === key[1] && wanted.includes(tag[1])));
    return [...this.kept.values()].filter(fits).sort(newestFirst).slice(0, filter.limit ?? 500);
  }
  async destroy() {
    this.kept.clear();
  }
}

const memory = new Memory();
const relay = new core.NostrRelay(memory, { hostname: options.host, filterResultCacheTtl: 0, eventHandlingResultCacheTtl: 0, logLevel: 99 });

// Who did not say who they are is not served, where that is demanded.
relay.register({
  async handleMessage(client, message, next) {
    if (!options.auth || client.pubkey || !['REQ', 'EVENT'].includes(message[0])) return next();
    const reason = 'auth-required: say who you are';
    client.sendMessage(message[0] === 'REQ' ? ['CLOSED', message[1], reason] : ['OK', message[1].id, false, reason]);
  },
});
relay.register({ beforeHandleEvent: () => ({ canHandle: options.refuse === '', message: options.refuse }) });

const server = new WebSocketServer({ host: options.host, port: Number(options.port), maxPayload: 8 * 1024 * 1024 });
server.on('listening', () => {
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  console.log(`relay ws://${host}:${server.address().port}`);
});
server.on('connection', (socket, request) => {
  relay.handleConnection(socket, request.socket.remoteAddress);
  if (options.auth) socket.send(JSON.stringify(['AUTH', relay.getClientContext(socket).id]));
  socket.on('error', () => {});
  socket.on('close', () => relay.handleDisconnect(socket));
  socket.on('message', async data => {
    try {
      await relay.handleMessage(socket, JSON.parse(data.toString()));
    } catch (error) {
      socket.send(JSON.stringify(['NOTICE', String(error.message)]));
    }
  });
});

const commands = {
  auth: demanded => void (options.auth = demanded),
  refuse: text => void (options.refuse = text),
  store: events => {
    events.forEach(event => memory.put(event));
    events.forEach(event => relay.broadcast(event));
  },
  events: filter => JSON.stringify(memory.find(filter)),
  clear: () => memory.kept.clear(),
  hangUp: () => server.clients.forEach(socket => socket.terminate()),
};
createInterface({ input: process.stdin })
  .on('line', line => {
    const [[name, value]] = Object.entries(JSON.parse(line));
    console.log(commands[name](value) ?? 'done');
  })
  .on('close', () => process.exit());
