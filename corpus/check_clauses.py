#!/usr/bin/env python3
"""usage: check_clauses.py FILE"""
import json,sys,collections
IS='late_delivery lost_item damaged_item wrong_item poor_quality billing refund cancellation service_cancelled poor_service rude_staff waiting outage account_access payment_failed fraud misled price privacy safety ordering discrimination cleanliness record_error'.split()
TONE='calm frustrated angry abusive disappointed anxious sad sarcastic'.split()
W='refund replacement repair cancellation compensation explanation apology callback delivery correction information'.split(); R='legal safety press regulator discrimination self_harm fraud chargeback vulnerable data_breach'.split()
OK={'trouble':IS,'effect':IS+R+[None],'history':IS+[None],'background':[None],'want':W+[None],'condition':W+[None],'threat':R+[None],'question':[None]+W,'feeling':TONE+[None],'praise':[None],'hedge':[None],'hello':[None],'bye':[None]}
bad=n=0; seen=set(); c=collections.Counter()
for i,l in enumerate(open(sys.argv[1]),1):
    if not l.strip(): continue
    n+=1
    try:
        m=json.loads(l); assert set(m)<={'text','role','label','trade','also'},'fields'
        assert m['role'] in OK,'role '+str(m['role']); assert m.get('label') in OK[m['role']],f"label {m.get('label')} for {m['role']}"
        for x in m.get('also') or []: assert x in IS,'also '+x
        assert 2<=len(m['text'].split())<=45,'length'; k=m['text'].lower(); assert k not in seen,'twice'; seen.add(k); c[m['role'],m.get('label')]+=1
    except Exception as x: bad+=1; print(f'line {i}: {x}')
print('OK' if not bad else f'{bad} bad',n,'lines;',', '.join(f'{a}/{b}: {v}' for (a,b),v in c.most_common()))
