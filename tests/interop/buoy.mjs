// SPDX-License-Identifier: MIT
// usage: node buoy.mjs [--host ADDRESS] [--port N]
// A forwarder of the Anchor protocol: what is posted to /CHANNEL goes to whoever listens there by websocket, and is kept
// for the next one where nobody does, the newest of each channel. Prints "buoy http://ADDRESS:PORT" once it listens, and
// ends with its standard input. Who listens with ?v=2 says that a message has come (42 42 02 N to 42 42 01 N in front);
// otherwise it has not, and waits for the next. Takes commands, one JSON object a line, and answers each with one, {"done": true}
// where nothing else is said:
//   {"send": {"channel": C, "text": T}}    as if posted, unless "hex" in place of text; {"delivery": …}
//   {"refuse": STATUS}                     answer what is posted so; 0 takes it again
//   {"log": true}                          {"posted": [{"channel", "hex", "delivery"}…], "listening": {CHANNEL: how many}, "kept": [CHANNEL…]}
//   {"silence": true}                      connections stay, and nothing comes by them; false: what is kept does
//   {"hangUp": true}                       close all connections
//   {"clear": true}                        keep nothing any more, and forget the log
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { WebSocketServer } from 'ws';

const shortestChannel = 10;
const longestWait = 120; // seconds
const patience = 5000; // ms until a message without an answer did not come
const largest = 8 * 1024 * 1024; // bytes

/// Somebody who listens to a channel.
class Listener {
  constructor(socket, answers) {
    this.socket = socket;
    this.answers = answers;
    this.number = 0;
    this.waiting = new Map();
    socket.on('message', data => {
      if (data.length === 4 && data[0] === 0x42 && data[1] === 0x42 && data[2] === 0x02) this.waiting.get(data[3])?.(true);
    });
    socket.on('close', () => this.waiting.forEach(settle => settle(false)));
  }
  /// Whether it came.
  async give(message) {
    if (this.socket.readyState !== 1) return false;
    if (!this.answers) {
      this.socket.send(message);
      return true;
    }
    const number = this.number;
    this.number = (number + 1) % 256;
    const answer = new Promise(resolve => this.waiting.set(number, resolve));
    const timer = setTimeout(() => this.waiting.get(number)?.(false), patience);
    this.socket.send(Buffer.concat([Buffer.from([0x42, 0x42, 0x01, number]), message]));
    const came = await answer;
    clearTimeout(timer);
    this.waiting.delete(number);
    return came;
  }
}

export class Buoy {
  static async start({ host = '127.0.0.1', port = 0 } = {}) {
    const buoy = new Buoy();
    buoy.server = createServer((request, response) => buoy.#answer(request, response));
    buoy.sockets = new WebSocketServer({ server: buoy.server, maxPayload: 1024 });
    buoy.sockets.on('connection', (socket, request) => buoy.#connected(socket, request));
    await new Promise(resolve => buoy.server.listen(port, host, resolve));
    buoy.url = `http://${host.includes(':') ? `[${host}]` : host}:${buoy.server.address().port}`;
    return buoy;
  }
  listeners = new Map();
  kept = new Map();
  waiting = new Map();
  posted = [];
  status = 0;
  isSilent = false;

  /// "delivered", "buffered", or nothing where it must be delivered and was not.
  async send(channel, message, { wait = 0, must = false } = {}) {
    const entry = { channel, hex: message.toString('hex'), delivery: null };
    this.posted.push(entry);
    let came = await this.#deliver(channel, message);
    if (!came && wait > 0) {
      came = await new Promise(resolve => {
        const all = this.waiting.get(channel) ?? new Set();
        this.waiting.set(channel, all);
        const retry = async () => {
          if (await this.#deliver(channel, message)) settle(true);
        };
        const settle = value => {
          clearTimeout(timer);
          all.delete(retry);
          resolve(value);
        };
        const timer = setTimeout(settle, wait * 1000, false);
        all.add(retry);
      });
    }
    if (!came && must) return null;
    if (!came) this.kept.set(channel, message);
    return (entry.delivery = came ? 'delivered' : 'buffered');
  }
  silence(isSilent) {
    this.isSilent = isSilent;
    if (!isSilent) [...this.listeners.keys()].forEach(channel => this.#offer(channel));
  }
  hangUp() {
    this.sockets.clients.forEach(socket => socket.terminate());
  }
  clear() {
    this.kept.clear();
    this.posted.length = 0;
  }
  log() {
    const listening = Object.fromEntries([...this.listeners].filter(([, all]) => all.size).map(([channel, all]) => [channel, all.size]));
    return { posted: this.posted, listening, kept: [...this.kept.keys()] };
  }
  async stop() {
    this.hangUp();
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  async #deliver(channel, message) {
    if (this.isSilent) return false;
    const came = await Promise.all([...(this.listeners.get(channel) ?? [])].map(listener => listener.give(message)));
    return came.includes(true);
  }
  /// What is kept for a channel, and what is being waited with.
  async #offer(channel) {
    const message = this.kept.get(channel);
    if (message && (await this.#deliver(channel, message)) && this.kept.get(channel) === message) this.kept.delete(channel);
    for (const retry of [...(this.waiting.get(channel) ?? [])]) await retry();
  }
  #connected(socket, request) {
    const url = new URL(request.url, 'http://localhost');
    const channel = url.pathname.slice(1);
    socket.on('error', () => {});
    if (channel.length < shortestChannel) return socket.close();
    const listener = new Listener(socket, url.searchParams.get('v') === '2');
    const all = this.listeners.get(channel) ?? new Set();
    this.listeners.set(channel, all.add(listener));
    socket.on('close', () => all.delete(listener));
    this.#offer(channel);
  }
  async #answer(request, response) {
    const end = (status, text, headers = {}) => response.writeHead(status, { 'Access-Control-Expose-Headers': 'X-Buoy-Delivery', ...headers }).end(text);
    const parts = [];
    let size = 0;
    try {
      for await (const part of request) {
        size += part.length;
        if (size <= largest) parts.push(part);
      }
    } catch {
      return; // gone before it was all said
    }
    if (this.status) return end(this.status, 'told so');
    if (request.method === 'OPTIONS') return end(200, '', { Allow: 'POST, OPTIONS' });
    if (request.method !== 'POST') return end(405, '', { Allow: 'POST, OPTIONS' });
    const channel = new URL(request.url, 'http://localhost').pathname.slice(1);
    if (channel.length < shortestChannel) return end(400, 'Invalid channel name');
    if (size === 0) return end(400, 'Unable to forward empty message');
    if (size > largest) return end(413, 'Message too large');
    const must = request.headers['x-buoy-wait'];
    const wait = Number(must ?? request.headers['x-buoy-soft-wait'] ?? 0);
    if (!Number.isFinite(wait)) return end(400, 'Invalid wait timeout');
    const delivery = await this.send(channel, Buffer.concat(parts), { wait: Math.min(wait, longestWait), must: must !== undefined });
    if (!delivery) return end(408, 'Timed out waiting for connection');
    return end(200, 'Ok', { 'X-Buoy-Delivery': delivery });
  }
}

async function main() {
  const { values: options } = parseArgs({ options: { host: { type: 'string', default: '127.0.0.1' }, port: { type: 'string', default: '0' } } });
  const buoy = await Buoy.start({ host: options.host, port: Number(options.port) });
  const commands = {
    send: async ({ channel, text, hex }) => ({ delivery: await buoy.send(channel, hex === undefined ? Buffer.from(text) : Buffer.from(hex, 'hex')) }),
    refuse: status => void (buoy.status = status),
    log: () => buoy.log(),
    silence: isSilent => buoy.silence(isSilent),
    hangUp: () => buoy.hangUp(),
    clear: () => buoy.clear(),
  };
  const lines = createInterface({ input: process.stdin });
  console.log(`buoy ${buoy.url}`);
  for await (const line of lines) {
    const [[name, value]] = Object.entries(JSON.parse(line));
    console.log(JSON.stringify((await commands[name](value)) ?? { done: true }));
  }
  process.exit();
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await main();
