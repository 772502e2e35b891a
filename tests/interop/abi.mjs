// SPDX-License-Identifier: MIT
// usage: node abi.mjs PROBE [SEED]
// Made-up ABIs and values, packed and unpacked beside @wharfkit/antelope. SEED repeats a run; each run prints its own.
import assert from 'node:assert/strict';
import { ABI, Action, Serializer, Transaction } from '@wharfkit/antelope';
import { bytesFrom, hex, run } from './lib.mjs';
import { Drawn } from './drawn.mjs';

const many = 500;
// The same in every run; others by hand.
const seed = process.argv[3] ?? '1';
console.log(`seed ${seed}`);

const builtins = [
  'bool', 'int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'uint64', 'int128', 'uint128', 'varint32', 'varuint32', 'float32', 'float64',
  'float128', 'time_point', 'time_point_sec', 'block_timestamp_type', 'name', 'bytes', 'string', 'checksum160', 'checksum256', 'checksum512', 'public_key',
  'signature', 'symbol', 'symbol_code', 'asset', 'extended_asset',
];

/// An ABI whose last struct, "top", uses what came before it.
function makeAbi(draw) {
  const abi = { version: 'eosio::abi/1.2', types: [], structs: [], actions: [], tables: [], ricardian_clauses: [], variants: [] };
  const known = [...builtins];
  const withSuffix = name => name + draw.oneOf(['', '', '', '', '?', '[]', '[]?']);
  const recent = () => draw.oneOf(draw.isLikely(2) ? known.slice(-6) : known);
  for (let i = draw.below(6); i > 0; i--) {
    const name = `t${i}.${draw.below(9)}`;
    switch (draw.below(3)) {
      case 0:
        abi.types.push({ new_type_name: name, type: recent() });
        break;
      case 1:
        abi.variants.push({ name, types: [...new Set(Array.from({ length: 1 + draw.below(4) }, recent))] });
        break;
      default:
        abi.structs.push({
          name,
          base: abi.structs.length && draw.isLikely(3) ? draw.oneOf(abi.structs).name : '',
          fields: Array.from({ length: draw.below(4) }, (_, at) => ({ name: `${name}f${at}`, type: withSuffix(recent()) })),
        });
    }
    known.push(name);
  }
  const fields = Array.from({ length: 1 + draw.below(8) }, (_, at) => ({ name: `f${at}`, type: withSuffix(recent()) }));
  for (let i = draw.below(3); i > 0; i--) fields.push({ name: `e${i}`, type: withSuffix(recent()) + '$' });
  abi.structs.push({ name: 'top', base: '', fields });
  abi.actions.push({ name: 'top', type: 'top', ricardian_contract: '' });
  return abi;
}

/// A value of the type, as JSON that both take.
function makeValue(draw, abi, type) {
  if (type.endsWith('$')) return makeValue(draw, abi, type.slice(0, -1));
  if (type.endsWith('?')) return draw.isLikely(3) ? null : makeValue(draw, abi, type.slice(0, -1));
  if (type.endsWith('[]')) return Array.from({ length: draw.below(4) }, () => makeValue(draw, abi, type.slice(0, -2)));
  const alias = abi.types.find(each => each.new_type_name === type);
  if (alias) return makeValue(draw, abi, alias.type);
  const variant = abi.variants.find(each => each.name === type);
  if (variant) {
    const chosen = draw.oneOf(variant.types);
    return [chosen, makeValue(draw, abi, chosen)];
  }
  const struct = abi.structs.find(each => each.name === type);
  if (!struct) return draw.builtin(type);
  const value = struct.base ? makeValue(draw, abi, struct.base) : {};
  for (const [at, field] of struct.fields.entries()) {
    // Absent, with all behind it. They write an absent optional as one that is not there, and refuse an absent array or alias; nodes leave out all.
    const isTheirs = ({ type }) => /^[^?[]+\$$/.test(type) && !abi.types.some(each => each.new_type_name + '$' === type);
    if (struct.fields.slice(at).every(isTheirs) && draw.isLikely(4)) break;
    value[field.name] = makeValue(draw, abi, field.type);
  }
  return value;
}

/// Whether two JSON values say the same: what is null for one is left out by the other, and floats have several texts.
function sayTheSame(one, other, where = 'top') {
  if (one === null || other === null || typeof one !== 'object') {
    const isSame = (one ?? null) === (other ?? null) || String(one) === String(other) || (Number.isFinite(Number(one)) && Number(one) === Number(other) && /[.e]/i.test(`${one}${other}`));
    return assert.ok(isSame, `${where}: ${JSON.stringify(one)} and ${JSON.stringify(other)}`);
  }
  for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) sayTheSame(one[key], other[key], `${where}.${key}`);
}

const decodedBy = (abi, data) => JSON.parse(JSON.stringify(Serializer.objectify(Serializer.decode({ data, type: 'top', abi }))));

await run(process.argv[2], {
  async 'made-up values of made-up types'(probe) {
    let bytes = 0;
    for (let i = 0; i < many; i++) {
      const draw = new Drawn(seed, i);
      const json = makeAbi(draw);
      const value = makeValue(draw, json, 'top');
      try {
        const theirs = ABI.from(json);
        const packedAbi = Serializer.encode({ object: theirs }).hexString;
        const expected = Serializer.encode({ object: value, type: 'top', abi: theirs }).hexString;
        bytes += expected.length / 2;
        for (const abi of [json, packedAbi]) {
          const ours = await probe.get('abi.encode', { abi, type: 'top', value });
          assert.equal(ours.hex, expected);
          const decoded = (await probe.get('abi.decode', { abi, type: 'top', hex: expected })).value;
          const decodedByThem = decodedBy(theirs, expected);
          sayTheSame(decoded, decodedByThem);
          for (const key of Object.keys(decodedByThem)) if (!(key in decoded)) delete decodedByThem[key]; // an absent extension, which they call null
          // What either says of the bytes is these bytes again, by the other.
          assert.equal(Serializer.encode({ object: decoded, type: 'top', abi: theirs }).hexString, expected);
          assert.equal((await probe.get('abi.encode', { abi, type: 'top', value: decodedByThem })).hex, expected);
        }
      } catch (error) {
        console.error(`seed ${seed}, ${i}: ${JSON.stringify({ json, value })}`);
        throw error;
      }
    }
    assert.ok(bytes > many, 'hardly anything was packed');
    return many;
  },

  async 'cut short or with more behind it is refused'(probe) {
    let count = 0;
    for (let i = 0; i < many; i++) {
      const draw = new Drawn(seed, 'cut', i);
      const abi = makeAbi(draw);
      abi.structs.at(-1).fields = abi.structs.at(-1).fields.filter(field => !field.type.endsWith('$')); // without these a part may be whole
      const packed = Serializer.encode({ object: makeValue(draw, abi, 'top'), type: 'top', abi: ABI.from(abi) }).hexString;
      if (packed === '') continue;
      await probe.refused('abi.decode', { abi, type: 'top', hex: packed.slice(0, -2) });
      await probe.refused('abi.decode', { abi, type: 'top', hex: packed + '00' });
      count++;
    }
    return count;
  },

  async 'transactions, their ids and what is signed'(probe) {
    for (let i = 0; i < many; i++) {
      const draw = new Drawn(seed, 'transaction', i);
      const action = () => Action.from({
        account: draw.name(), name: draw.name(), data: hex(draw.bytes(draw.below(60))),
        authorization: Array.from({ length: draw.below(3) }, () => ({ actor: draw.name(), permission: draw.name() })),
      });
      const theirs = Transaction.from({
        expiration: draw.builtin('time_point_sec'), ref_block_num: draw.below(65536), ref_block_prefix: draw.below(2 ** 32), delay_sec: draw.below(1000),
        max_net_usage_words: draw.below(2 ** 32), max_cpu_usage_ms: draw.below(256), context_free_actions: Array.from({ length: draw.below(2) }, action),
        actions: Array.from({ length: draw.below(4) }, action),
        transaction_extensions: Array.from({ length: draw.below(2) }, () => ({ type: draw.below(65536), data: hex(draw.bytes(draw.below(9))) })),
      });
      const chain = hex(bytesFrom('chain', i));
      const packed = Serializer.encode({ object: theirs }).hexString;
      const ours = await probe.get('transaction', { hex: packed, chain });
      assert.equal(ours.hex, packed);
      assert.equal(ours.id, String(theirs.id));
      assert.equal(ours.digest, String(theirs.signingDigest(chain)));
      const again = Transaction.from({ ...ours.json, transaction_extensions: theirs.transaction_extensions });
      assert.equal(Serializer.encode({ object: again }).hexString, packed, JSON.stringify(ours.json));
    }
    return many;
  },
});
