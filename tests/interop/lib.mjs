// SPDX-License-Identifier: MIT
// What both sides of the comparison share: the probe as an object, random inputs that a failure can be repeated with, and a
// count of what was compared.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { createHash } from 'node:crypto';
import assert from 'node:assert/strict';

export const hex = bytes => Buffer.from(bytes).toString('hex');

/// Bytes that depend on the words alone: the same in every run.
export const bytesFrom = (...words) => Uint8Array.from(createHash('sha256').update(words.join('/')).digest());
/// An integer from 0 to below limit, likewise.
export const numberFrom = (limit, ...words) => Number(Buffer.from(bytesFrom(...words)).readUInt32BE() % limit);

/// Hatstand's own code behind a pipe: one JSON object a line in, one out, in order.
export class Probe {
  constructor(program) {
    this.child = spawn(program, [], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.waiting = [];
    createInterface({ input: this.child.stdout }).on('line', line => this.waiting.shift().resolve(JSON.parse(line)));
    this.child.on('exit', code => this.waiting.forEach(({ reject }) => reject(new Error(`the probe left with ${code}`))));
  }
  /// The answer's object; a refusal is {error: code, why: number}.
  ask(op, args = {}) {
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      this.child.stdin.write(JSON.stringify({ op, ...args }) + '\n');
    });
  }
  async get(op, args = {}) {
    const answer = await this.ask(op, args);
    assert.equal(answer.error, undefined, `${op} ${JSON.stringify(args)}: ${JSON.stringify(answer)}`);
    return answer;
  }
  async refused(op, args = {}) {
    const answer = await this.ask(op, args);
    assert.ok(answer.error, `${op} ${JSON.stringify(args)} was taken: ${JSON.stringify(answer)}`);
    return answer;
  }
  close() {
    this.child.stdin.end();
  }
}

/// Runs the cases of a file one after another; the first that fails ends the program with its name.
export async function run(program, cases) {
  const probe = new Probe(program);
  for (const [name, test] of Object.entries(cases)) {
    try {
      const count = await test(probe);
      assert.ok(count > 0, 'compared nothing');
      console.log(`${name}: ${count}`);
    } catch (error) {
      console.error(`FAIL ${name}`);
      throw error;
    }
  }
  probe.close();
}
