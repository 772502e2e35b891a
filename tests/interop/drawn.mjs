// SPDX-License-Identifier: MIT
// Made-up values of the types that Antelope chains have, drawn by a seed.
import { Bytes, KeyType, PrivateKey, PublicKey, Signature } from '@wharfkit/antelope';
import { bytesFrom, hex } from './lib.mjs';

const letters = '.12345abcdefghijklmnopqrstuvwxyz';
const texts = ['', 'a', 'memo 1', 'Grüße', '帽子架', '🎩 hat', 'line\nbreak', '"quoted\\"', 'nul\0l', '\u202eright to left', '{{sig}}', 'x'.repeat(200)];

export class Drawn {
  constructor(...words) {
    this.words = words;
    this.count = 0;
    this.pool = [];
  }
  byte() {
    if (this.pool.length === 0) this.pool = [...bytesFrom(...this.words, this.count++)];
    return this.pool.pop();
  }
  bytes(size) {
    return Uint8Array.from({ length: size }, () => this.byte());
  }
  below(limit) {
    return Math.floor((Buffer.from(this.bytes(4)).readUInt32BE() / 2 ** 32) * limit);
  }
  isLikely(oneIn) {
    return this.below(oneIn) === 0;
  }
  oneOf(all) {
    return all[this.below(all.length)];
  }
  /// With as many bits as the type has, the ends more often than they would come.
  integer(bits, isSigned) {
    const [least, most] = isSigned ? [-(1n << BigInt(bits - 1)), (1n << BigInt(bits - 1)) - 1n] : [0n, (1n << BigInt(bits)) - 1n];
    if (this.isLikely(4)) return this.oneOf([least, most, 0n, 1n, isSigned ? -1n : 2n]);
    return BigInt(`0x${hex(this.bytes(bits / 8))}`) % (most - least + 1n) + least;
  }
  name() {
    const size = this.below(14);
    let name = '';
    for (let at = 0; at < size; at++) name += letters[this.below(at === 12 ? 16 : 32)];
    return name.replace(/\.+$/, '');
  }
  actor() {
    return this.name() || 'alice';
  }
  code() {
    return Array.from({ length: 1 + this.below(7) }, () => String.fromCharCode(65 + this.below(26))).join('');
  }
  asset() {
    const precision = this.below(19);
    const units = this.integer(64, true) % (1n << 62n);
    const digits = String(units < 0n ? -units : units).padStart(precision + 1, '0');
    const whole = digits.slice(0, digits.length - precision);
    return `${units < 0n ? '-' : ''}${whole}${precision ? '.' + digits.slice(-precision) : ''} ${this.code()}`;
  }
  key(curve = KeyType.K1) {
    return new PrivateKey(curve, new Bytes(this.bytes(32).fill(1, 0, 1)));
  }
  time(seconds, fraction) {
    return new Date(seconds * 1000 + fraction).toISOString().replace('Z', '');
  }
  builtin(type) {
    const curve = this.isLikely(2) ? KeyType.K1 : KeyType.R1;
    switch (type) {
      case 'bool':
        return this.isLikely(2);
      case 'varint32':
        return Number(this.integer(32, true));
      case 'varuint32':
        return Number(this.integer(32, false));
      case 'float32':
        return (this.below(2 ** 21) - 2 ** 20) / 64; // exact in the seven decimals that they write
      case 'float64':
        return (this.below(2 ** 32) - 2 ** 31) * 2 ** (this.below(80) - 40);
      case 'float128':
        return hex(this.bytes(16));
      case 'time_point':
        return this.time(this.below(2 ** 32), this.below(1000));
      case 'time_point_sec':
        return this.time(this.below(2 ** 32), 0).slice(0, 19);
      case 'block_timestamp_type':
        return this.time(946684800 + this.below(2 ** 31), this.below(2) * 500);
      case 'name':
        return this.name();
      case 'bytes':
        return hex(this.bytes(this.below(40)));
      case 'string':
        return this.oneOf(texts);
      case 'checksum160':
        return hex(this.bytes(20));
      case 'checksum256':
        return hex(this.bytes(32));
      case 'checksum512':
        return hex(this.bytes(64));
      case 'public_key':
        return String(new PublicKey(curve, new Bytes(Uint8Array.of(2 + this.below(2), ...this.bytes(32)))));
      case 'signature':
        return String(new Signature(curve, new Bytes(Uint8Array.of(31 + this.below(4), ...this.bytes(64)))));
      case 'symbol':
        return `${this.below(19)},${this.code()}`;
      case 'symbol_code':
        return this.code();
      case 'asset':
        return this.asset();
      case 'extended_asset':
        return { quantity: this.asset(), contract: this.name() };
    }
    const [, sign, bits] = /^(u?)int(\d+)$/.exec(type);
    const value = this.integer(Number(bits), sign !== 'u');
    return Number(bits) > 32 ? String(value) : Number(value);
  }
}
