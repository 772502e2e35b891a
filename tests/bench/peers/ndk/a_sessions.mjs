// SPDX-License-Identifier: MIT
// (a) add N sessions, (b) switchTo, (c) restore   -- NDKSessionManager
import NDK, { NDKPrivateKeySigner } from '@nostr-dev-kit/ndk';
import { NDKSessionManager, MemoryStorage, FileStorage, LocalStorage } from '@nostr-dev-kit/sessions';
import { now, median, pct, out, rng, hexkey, gc } from './common.mjs';
import { statSync, rmSync, mkdirSync } from 'node:fs';
mkdirSync(process.env.PEERBENCH_TMP+'/st',{recursive:true});
const ls = new Map();
globalThis.window = globalThis;
globalThis.localStorage = { setItem:(k,v)=>ls.set(k,String(v)), getItem:k=>ls.get(k)??null, removeItem:k=>ls.delete(k) };
const NS = (process.env.NS||'10,100,1000').split(',').map(Number);
const R = +(process.env.R||7);
let fid=0, cur; const fp=()=>cur=process.env.PEERBENCH_TMP+'/st/s'+(fid++)+'.json';
const mk = kind => kind==='memory'? new MemoryStorage() : kind==='file'? new FileStorage(fp()) : new LocalStorage('s');
const bytes = (kind, st) => kind==='file'? statSync(st.filePath).size : kind==='local'? Buffer.byteLength(ls.get('s')) : JSON.stringify([...st.data.sessions]).length;
const newNdk = () => new NDK({ explicitRelayUrls: [], enableOutboxModel:false, aiGuardrails:false });
for(let i=0;i<600;i++) new NDKPrivateKeySigner(hexkey(i,'warm')); // JIT warm-up
for (const N of NS) {
  const keys = Array.from({length:N},(_,i)=>hexkey(i));
  const ctor=[]; let signers;
  for (let r=0;r<R;r++){ const t=now(); signers = keys.map(k=>new NDKPrivateKeySigner(k)); ctor.push(now()-t); }
  out('a.signer_construct_total', N, median(ctor), 'ms');
  for (const kind of ['memory','file','local']) {
    const login=[], persist=[]; let b;
    for (let r=0;r<R;r++){
      const st=mk(kind); const m=new NDKSessionManager(newNdk(),{storage:st,autoSave:true,saveDebounceMs:500});
      let t=now(); for(const s of signers) await m.login(s); login.push(now()-t);
      t=now(); await m.persist(); persist.push(now()-t); b=bytes(kind,st);
      if (m.getSessions().size!==N) out('a.ERROR_lost', N, m.getSessions().size,'sessions');
      m.destroy();
    }
    out(`a.login_loop.${kind}`,N,median(login),'ms',{bytes:b, per_login_us:+(median(login)/N*1000).toFixed(1)});
    out(`a.persist_once.${kind}`,N,median(persist),'ms');
  }
  { // durable add: persist after every login
    const R2 = N>=1000?5:R; const a=[];
    for (let r=0;r<R2;r++){ const st=mk('file'); const m=new NDKSessionManager(newNdk(),{storage:st,autoSave:false});
      const t=now(); for(const s of signers){ await m.login(s); await m.persist(); } a.push(now()-t); m.destroy(); }
    out('a.login+persist_each.file',N,median(a),'ms');
  }
  { // with fetches (one relay subscription per session, no relays connected)
    const a=[]; for (let r=0;r<Math.min(R,5);r++){ const m=new NDKSessionManager(newNdk(),{storage:new MemoryStorage(),autoSave:false,fetches:{follows:true,mutes:true,relayList:true}});
      const t=now(); for(const s of signers) await m.login(s); a.push(now()-t); m.destroy(); }
    out('a.login_loop.fetches_on',N,median(a),'ms');
  }
  // (b)
  const st=mk('file'); const m=new NDKSessionManager(newNdk(),{storage:st,autoSave:true,saveDebounceMs:500});
  for(const s of signers) await m.login(s); await m.persist();
  const pks=[...m.getSessions().keys()], rnd=rng(7);
  const pick=()=>pks[(rnd()*N)|0];
  for(let i=0;i<300;i++) await m.switchTo(pick());
  const med=[],p99=[];
  for(let r=0;r<R;r++){ const lat=[]; for(let i=0;i<1000;i++){ const p=pick(); const t=now(); await m.switchTo(p); lat.push((now()-t)*1000);} med.push(median(lat)); p99.push(pct(lat,.99)); }
  out('b.switchTo.median',N,median(med),'us',{p99:+median(p99).toFixed(1), persist:'debounced 500ms, not in latency'});
  const med2=[],p992=[]; const it=N>=1000?100:300;
  for(let r=0;r<5;r++){ const lat=[]; for(let i=0;i<it;i++){ const p=pick(); const t=now(); await m.switchTo(p); await m.persist(); lat.push((now()-t)*1000);} med2.push(median(lat)); p992.push(pct(lat,.99)); }
  out('b.switchTo+persist.file.median',N,median(med2),'us',{p99:+median(p992).toFixed(1)});
  m.destroy();
  await new Promise(r=>setTimeout(r,900)); // destroy() does not cancel the pending debounced save
  // (c)
  const mem=mk('memory'), loc=mk('local');
  { const d=await st.load(); await mem.save(d.sessions,d.activePubkey); await loc.save(d.sessions,d.activePubkey); }
  for (const [kind,s] of [['memory',mem],['file',st],['local',loc]]) {
    const a=[]; for(let r=0;r<(N>=1000?5:R);r++){ const mm=new NDKSessionManager(newNdk(),{storage:s,autoSave:false}); const t=now(); await mm.restore(); a.push(now()-t); if(mm.getSessions().size!==N) out('c.ERROR',N,mm.getSessions().size,'sessions'); mm.destroy(); }
    out(`c.restore.${kind}`,N,median(a),'ms',{per_session_us:+(median(a)/N*1000).toFixed(0)});
  }
}
rmSync(process.env.PEERBENCH_TMP+'/st',{recursive:true,force:true});
process.exit(0);
