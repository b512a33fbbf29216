"""Which words make a file worth a look, for which rule: by them most files are judged.

Written by ``python tests/documents.py --write`` from the attributes of the rules, whose
modules are imported only for a file that holds such a word.
"""

from __future__ import annotations

TRIGGERS: dict[str, dict[str, str]] = {
    "FWD101": {
        "attributes": "forward",
        "strings": "forward",
    },
    "FWD102": {"attributes": "forward"},
    "FWD103": {"attributes": "forward"},
    "FWD201": {
        "attributes": "__call__ _call_impl",
        "names": "__call__ _call_impl",
    },
    "FWD202": {
        "names": "__call__ _call_impl",
    },
    "FWD203": {
        "definitions": (
            "Aorward Borward Corward Dorward Eorward FORWARD F_orward Faorward Farward "
            "Fborward Fbrward Fcorward Fcrward Fdorward Fdrward Feorward Ferward "
            "Ffrward Fgorward Fgrward Fhorward Fhrward Fiorward Firward Fjorward "
            "Fjrward Fkorward Fkrward Florward Flrward Fmorward Fmrward Fnorward "
            "Fnrward Fo_rward Foarward Foaward Fobrward Fobward Focrward Focward "
            "Fodrward Fodward Foerward Foeward Fofrward Fofward Fogrward Fogward "
            "Fohrward Fohward Foirward Foiward Fojrward Fojward Fokrward Fokward "
            "Folrward Folward Fomrward Fomward Fonrward Fonward Foorward Fooward "
            "Foprward Fopward Foqrward Foqward For_ward Foraard Forard Foraward "
            "Forawrd Forbard Forbward Forcard Forcward Fordard Fordward Foreard "
            "Foreward Forfard Forfward Forgard Forgward Forhard Forhward Foriard "
            "Foriward Forjard Forjward Forkard Forkward Forlard Forlward Formard "
            "Formward Fornard Fornward Foroard Foroward Forpard Forpward Forqard "
            "Forqward Forrard Forrward Forsard Forsward Fortard Fortward Foruard "
            "Foruward Forvard Forvward Forw_ard Forwa_rd Forwaad Forwaard Forwabd "
            "Forwabrd Forwacd Forwacrd Forwad Forwadd Forwadr Forwadrd Forwaed "
            "Forwaerd Forwafd Forwafrd Forwagd Forwagrd Forwahd Forwahrd Forwaid "
            "Forwaird Forwajd Forwajrd Forwakd Forwakrd Forwald Forwalrd Forwamd "
            "Forwamrd Forwand Forwanrd Forwaod Forwaord Forwapd Forwaprd Forwaqd "
            "Forwaqrd Forwar Forwar_d Forwara Forwarad Forwarb Forwarbd Forwarc "
            "Forwarcd Forward Forwardd Forware Forwared Forwarf Forwarfd Forwarg "
            "Forwargd Forwarh Forwarhd Forwari Forwarid Forwarj Forwarjd Forwark "
            "Forwarkd Forwarl Forwarld Forwarm Forwarmd Forwarn Forwarnd Forwaro "
            "Forwarod Forwarp Forwarpd Forwarq Forwarqd Forwarr Forwarrd Forwars "
            "Forwarsd Forwart Forwartd Forwaru Forwarud Forwarv Forwarvd Forwarw "
            "Forwarwd Forwarx Forwarxd Forwary Forwaryd Forwarz Forwarzd Forwasd "
            "Forwasrd Forwatd Forwatrd Forwaud Forwaurd Forwavd Forwavrd Forwawd "
            "Forwawrd Forwaxd Forwaxrd Forwayd Forwayrd Forwazd Forwazrd Forwbard "
            "Forwbrd Forwcard Forwcrd Forwdard Forwdrd Forweard Forwerd Forwfard "
            "Forwfrd Forwgard Forwgrd Forwhard Forwhrd Forwiard Forwird Forwjard "
            "Forwjrd Forwkard Forwkrd Forwlard Forwlrd Forwmard Forwmrd Forwnard "
            "Forwnrd Forwoard Forword Forwpard Forwprd Forwqard Forwqrd Forwrad "
            "Forwrard Forwrd Forwrrd Forwsard Forwsrd Forwtard Forwtrd Forwuard "
            "Forwurd Forwvard Forwvrd Forwward Forwwrd Forwxard Forwxrd Forwyard "
            "Forwyrd Forwzard Forwzrd Forxard Forxward Foryard Foryward Forzard "
            "Forzward Fosrward Fosward Fotrward Fotward Fourward Fouward Fovrward "
            "Fovward Foward Fowrard Fowrward Fowward Foxrward Foxward Foyrward Foyward "
            "Fozrward Fozward Fporward Fprward Fqorward Fqrward Frorward Froward "
            "Frrward Frward Fsorward Fsrward Ftorward Ftrward Fuorward Furward "
            "Fvorward Fvrward Fworward Fwrward Fxorward Fxrward Fyorward Fyrward "
            "Fzorward Fzrward Gorward Horward Iorward Jorward Korward Lorward Morward "
            "Norward Ofrward Oorward Orward Porward Qorward Rorward Sorward Torward "
            "Uorward Vorward Worward Xorward Yorward Zorward __aorward__ __borward__ "
            "__corward__ __dorward__ __eorward__ __f_orward__ __faorward__ __farward__ "
            "__fborward__ __fbrward__ __fcorward__ __fcrward__ __fdorward__ "
            "__fdrward__ __feorward__ __ferward__ __ffrward__ __fgorward__ __fgrward__ "
            "__fhorward__ __fhrward__ __fiorward__ __firward__ __fjorward__ "
            "__fjrward__ __fkorward__ __fkrward__ __florward__ __flrward__ "
            "__fmorward__ __fmrward__ __fnorward__ __fnrward__ __fo_rward__ "
            "__foarward__ __foaward__ __fobrward__ __fobward__ __focrward__ "
            "__focward__ __fodrward__ __fodward__ __foerward__ __foeward__ "
            "__fofrward__ __fofward__ __fogrward__ __fogward__ __fohrward__ "
            "__fohward__ __foirward__ __foiward__ __fojrward__ __fojward__ "
            "__fokrward__ __fokward__ __folrward__ __folward__ __fomrward__ "
            "__fomward__ __fonrward__ __fonward__ __foorward__ __fooward__ "
            "__foprward__ __fopward__ __foqrward__ __foqward__ __for_ward__ "
            "__foraard__ __forard__ __foraward__ __forawrd__ __forbard__ __forbward__ "
            "__forcard__ __forcward__ __fordard__ __fordward__ __foreard__ "
            "__foreward__ __forfard__ __forfward__ __forgard__ __forgward__ "
            "__forhard__ __forhward__ __foriard__ __foriward__ __forjard__ "
            "__forjward__ __forkard__ __forkward__ __forlard__ __forlward__ "
            "__formard__ __formward__ __fornard__ __fornward__ __foroard__ "
            "__foroward__ __forpard__ __forpward__ __forqard__ __forqward__ "
            "__forrard__ __forrward__ __forsard__ __forsward__ __fortard__ "
            "__fortward__ __foruard__ __foruward__ __forvard__ __forvward__ "
            "__forw_ard__ __forwa_rd__ __forwaad__ __forwaard__ __forwabd__ "
            "__forwabrd__ __forwacd__ __forwacrd__ __forwad__ __forwadd__ __forwadr__ "
            "__forwadrd__ __forwaed__ __forwaerd__ __forwafd__ __forwafrd__ "
            "__forwagd__ __forwagrd__ __forwahd__ __forwahrd__ __forwaid__ "
            "__forwaird__ __forwajd__ __forwajrd__ __forwakd__ __forwakrd__ "
            "__forwald__ __forwalrd__ __forwamd__ __forwamrd__ __forwand__ "
            "__forwanrd__ __forwaod__ __forwaord__ __forwapd__ __forwaprd__ "
            "__forwaqd__ __forwaqrd__ __forwar__ __forwar_d__ __forwara__ __forwarad__ "
            "__forwarb__ __forwarbd__ __forwarc__ __forwarcd__ __forward__ "
            "__forwardd__ __forware__ __forwared__ __forwarf__ __forwarfd__ "
            "__forwarg__ __forwargd__ __forwarh__ __forwarhd__ __forwari__ "
            "__forwarid__ __forwarj__ __forwarjd__ __forwark__ __forwarkd__ "
            "__forwarl__ __forwarld__ __forwarm__ __forwarmd__ __forwarn__ "
            "__forwarnd__ __forwaro__ __forwarod__ __forwarp__ __forwarpd__ "
            "__forwarq__ __forwarqd__ __forwarr__ __forwarrd__ __forwars__ "
            "__forwarsd__ __forwart__ __forwartd__ __forwaru__ __forwarud__ "
            "__forwarv__ __forwarvd__ __forwarw__ __forwarwd__ __forwarx__ "
            "__forwarxd__ __forwary__ __forwaryd__ __forwarz__ __forwarzd__ "
            "__forwasd__ __forwasrd__ __forwatd__ __forwatrd__ __forwaud__ "
            "__forwaurd__ __forwavd__ __forwavrd__ __forwawd__ __forwawrd__ "
            "__forwaxd__ __forwaxrd__ __forwayd__ __forwayrd__ __forwazd__ "
            "__forwazrd__ __forwbard__ __forwbrd__ __forwcard__ __forwcrd__ "
            "__forwdard__ __forwdrd__ __forweard__ __forwerd__ __forwfard__ "
            "__forwfrd__ __forwgard__ __forwgrd__ __forwhard__ __forwhrd__ "
            "__forwiard__ __forwird__ __forwjard__ __forwjrd__ __forwkard__ "
            "__forwkrd__ __forwlard__ __forwlrd__ __forwmard__ __forwmrd__ "
            "__forwnard__ __forwnrd__ __forwoard__ __forword__ __forwpard__ "
            "__forwprd__ __forwqard__ __forwqrd__ __forwrad__ __forwrard__ __forwrd__ "
            "__forwrrd__ __forwsard__ __forwsrd__ __forwtard__ __forwtrd__ "
            "__forwuard__ __forwurd__ __forwvard__ __forwvrd__ __forwward__ "
            "__forwwrd__ __forwxard__ __forwxrd__ __forwyard__ __forwyrd__ "
            "__forwzard__ __forwzrd__ __forxard__ __forxward__ __foryard__ "
            "__foryward__ __forzard__ __forzward__ __fosrward__ __fosward__ "
            "__fotrward__ __fotward__ __fourward__ __fouward__ __fovrward__ "
            "__fovward__ __foward__ __fowrard__ __fowrward__ __fowward__ __foxrward__ "
            "__foxward__ __foyrward__ __foyward__ __fozrward__ __fozward__ "
            "__fporward__ __fprward__ __fqorward__ __fqrward__ __frorward__ "
            "__froward__ __frrward__ __frward__ __fsorward__ __fsrward__ __ftorward__ "
            "__ftrward__ __fuorward__ __furward__ __fvorward__ __fvrward__ "
            "__fworward__ __fwrward__ __fxorward__ __fxrward__ __fyorward__ "
            "__fyrward__ __fzorward__ __fzrward__ __gorward__ __horward__ __iorward__ "
            "__jorward__ __korward__ __lorward__ __morward__ __norward__ __ofrward__ "
            "__oorward__ __orward__ __porward__ __qorward__ __rorward__ __sorward__ "
            "__torward__ __uorward__ __vorward__ __worward__ __xorward__ __yorward__ "
            "__zorward__ aorward borward corward dorward eorward f_orward faorward "
            "farward fborward fbrward fcorward fcrward fdorward fdrward feorward "
            "ferward ffrward fgorward fgrward fhorward fhrward fiorward firward "
            "fjorward fjrward fkorward fkrward florward flrward fmorward fmrward "
            "fnorward fnrward fo_rward foarward foaward fobrward fobward focrward "
            "focward fodrward fodward foerward foeward fofrward fofward fogrward "
            "fogward fohrward fohward foirward foiward fojrward fojward fokrward "
            "fokward folrward folward fomrward fomward fonrward fonward foorward "
            "fooward foprward fopward foqrward foqward for_ward foraard forard "
            "foraward forawrd forbard forbward forcard forcward fordard fordward "
            "foreard foreward forfard forfward forgard forgward forhard forhward "
            "foriard foriward forjard forjward forkard forkward forlard forlward "
            "formard formward fornard fornward foroard foroward forpard forpward "
            "forqard forqward forrard forrward forsard forsward fortard fortward "
            "foruard foruward forvard forvward forw_ard forwa_rd forwaad forwaard "
            "forwabd forwabrd forwacd forwacrd forwad forwadd forwadr forwadrd forwaed "
            "forwaerd forwafd forwafrd forwagd forwagrd forwahd forwahrd forwaid "
            "forwaird forwajd forwajrd forwakd forwakrd forwald forwalrd forwamd "
            "forwamrd forwand forwanrd forwaod forwaord forwapd forwaprd forwaqd "
            "forwaqrd forwar forwar_d forwara forwarad forwarb forwarbd forwarc "
            "forwarcd forward forwardd forwards forware forwared forwarf forwarfd "
            "forwarg forwargd forwarh forwarhd forwari forwarid forwarj forwarjd "
            "forwark forwarkd forwarl forwarld forwarm forwarmd forwarn forwarnd "
            "forwaro forwarod forwarp forwarpd forwarq forwarqd forwarr forwarrd "
            "forwars forwarsd forwart forwartd forwaru forwarud forwarv forwarvd "
            "forwarw forwarwd forwarx forwarxd forwary forwaryd forwarz forwarzd "
            "forwasd forwasrd forwatd forwatrd forwaud forwaurd forwavd forwavrd "
            "forwawd forwawrd forwaxd forwaxrd forwayd forwayrd forwazd forwazrd "
            "forwbard forwbrd forwcard forwcrd forwdard forwdrd forweard forwerd "
            "forwfard forwfrd forwgard forwgrd forwhard forwhrd forwiard forwird "
            "forwjard forwjrd forwkard forwkrd forwlard forwlrd forwmard forwmrd "
            "forwnard forwnrd forwoard forword forwpard forwprd forwqard forwqrd "
            "forwrad forwrard forwrd forwrrd forwsard forwsrd forwtard forwtrd "
            "forwuard forwurd forwvard forwvrd forwward forwwrd forwxard forwxrd "
            "forwyard forwyrd forwzard forwzrd forxard forxward foryard foryward "
            "forzard forzward fosrward fosward fotrward fotward fourward fouward "
            "fovrward fovward foward fowrard fowrward fowward foxrward foxward "
            "foyrward foyward fozrward fozward fporward fprward fqorward fqrward "
            "frorward froward frrward frward fsorward fsrward ftorward ftrward "
            "fuorward furward fvorward fvrward fworward fwrward fxorward fxrward "
            "fyorward fyrward fzorward fzrward gorward horward iorward jorward korward "
            "lorward morward norward ofrward oorward orward porward qorward rorward "
            "sorward torward uorward vorward worward xorward yorward zorward"
        ),
    },
    "FWD204": {"definitions": "forward"},
    "FWD205": {"definitions": "forward"},
    "FWD206": {"definitions": "__init__"},
    "FWD211": {
        "definitions": "eval train",
    },
    "FWD212": {"definitions": "train"},
    "FWD213": {
        "stores": (
            "add_module apply bfloat16 buffers children compile cpu cuda double eval "
            "extra_repr float get_buffer get_parameter get_submodule half ipu "
            "load_state_dict modules named_buffers named_children named_modules "
            "named_parameters parameters register_buffer register_forward_hook "
            "register_forward_pre_hook register_full_backward_hook register_module "
            "register_parameter requires_grad_ share_memory state_dict to to_empty "
            "train xpu zero_grad"
        ),
    },
    "FWD301": {
        "attributes": "grad",
        "strings": "grad",
    },
    "FWD302": {
        "attributes": "backward step zero_grad",
    },
    "FWD401": {"definitions": "__init__"},
    "FWD402": {"definitions": "forward"},
    "FWD403": {"calls": "Parameter"},
    "FWD404": {"calls": "Parameter"},
    "FWD411": {
        "calls": (
            "alpha_dropout dropout dropout1d dropout2d dropout3d feature_alpha_dropout"
        ),
    },
    "FWD412": {"calls": "scaled_dot_product_attention"},
    "FWD413": {
        "attributes": "eval train",
    },
    "FWD414": {"definitions": "forward"},
    "FWD901": {"attributes": "forward"},
    "FWD902": {"attributes": "data"},
    "FWD903": {"definitions": "__init__"},
    "FWD904": {"definitions": "forward"},
}
