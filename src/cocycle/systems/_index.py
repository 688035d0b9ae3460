"""All systems: class -> module below `cocycle.systems`. `cocycle catalogue index` writes it; do not edit."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

MODULE_OF: Mapping[str, str] = {
    "Abooee": "flows.mathematics.abooee",
    "Adler": "flows.physics.adler",
    "AdvectionDiffusion": "pde.advection_diffusion",
    "AiharaNeuron": "maps.neuroscience.aihara_neuron",
    "Aizawa": "flows.mathematics.aizawa",
    "Allee": "flows.ecology.allee",
    "AllenCahn": "pde.allen_cahn",
    "AllenCahnInterval": "pde.allen_cahn_interval",
    "AnishchenkoAstakhov": "flows.electronics.anishchenko_astakhov",
    "Arneodo": "flows.mathematics.arneodo",
    "ArneodoCoulletTresser": "flows.mathematics.arneodo_coullet_tresser",
    "ArneodoVolterra": "flows.ecology.arneodo_volterra",
    "ArnoldBeltramiChildress": "flows.fluids.arnold_beltrami_childress",
    "ArnoldCat": "maps.mathematics.arnold_cat",
    "ArnoldWeb": "hamiltonian.arnold_web",
    "AsynchronousMaps": "networks.asynchronous_maps",
    "AtmosphericRegime": "flows.climate.atmospheric_regime",
    "Autocatalator": "flows.chemistry.autocatalator",
    "Autoregressive": "stochastic.autoregressive",
    "Baker": "maps.mathematics.baker",
    "Barbanis": "hamiltonian.barbanis",
    "BautinNormalForm": "flows.mathematics.bautin_normal_form",
    "Bazykin": "flows.ecology.bazykin",
    "Beddington": "maps.ecology.beddington",
    "Bedhead": "maps.mathematics.bedhead",
    "BeerNetwork": "flows.neuroscience.beer_network",
    "BelousovZhabotinsky": "flows.chemistry.belousov_zhabotinsky",
    "Belykh": "maps.mathematics.belykh",
    "BenjaminBonaMahony": "pde.benjamin_bona_mahony",
    "BenjaminOno": "pde.benjamin_ono",
    "BernoulliShift": "maps.mathematics.bernoulli_shift",
    "BetaCell": "flows.neuroscience.beta_cell",
    "BickleyJet": "flows.fluids.bickley_jet",
    "BirthDeath": "stochastic.birth_death",
    "Blasius": "flows.ecology.blasius",
    "BlinkingRotlet": "flows.fluids.blinking_rotlet",
    "BlinkingVortex": "maps.fluids.blinking_vortex",
    "Bloch": "flows.physics.bloch",
    "Bogdanov": "maps.mathematics.bogdanov",
    "BorderCollision": "maps.mathematics.border_collision",
    "Bouali": "flows.economics.bouali",
    "BoualiButterfly": "flows.economics.bouali_butterfly",
    "BouncingBall": "maps.physics.bouncing_ball",
    "BrownianMotion": "stochastic.brownian_motion",
    "Brusselator": "flows.chemistry.brusselator",
    "BrusselatorField": "pde.brusselator_field",
    "BullardDynamo": "flows.physics.bullard_dynamo",
    "Burgers": "pde.burgers",
    "BurgersMap": "maps.fluids.burgers_map",
    "BurkeShaw": "flows.mathematics.burke_shaw",
    "CahnHilliard": "pde.cahn_hilliard",
    "CalciumOscillation": "flows.biology.calcium_oscillation",
    "CalciumTwoPool": "flows.biology.calcium_two_pool",
    "CellBulkSensing": "networks.cell_bulk_sensing",
    "CellCycle": "flows.biology.cell_cycle",
    "CellularNeuralNetwork": "flows.electronics.cellular_neural_network",
    "CharneyDeVore": "flows.climate.charney_devore",
    "Chay": "flows.neuroscience.chay",
    "Chebyshev": "maps.mathematics.chebyshev",
    "Chemostat": "flows.ecology.chemostat",
    "Chen": "flows.mathematics.chen",
    "ChenLee": "flows.physics.chen_lee",
    "Chialvo": "maps.neuroscience.chialvo",
    "ChialvoRingStar": "networks.chialvo_ring_star",
    "ChialvoRulkovChain": "networks.chialvo_rulkov_chain",
    "Chua": "flows.electronics.chua",
    "CircleMap": "maps.physics.circle_map",
    "Clifford": "maps.mathematics.clifford",
    "CoevolvingPredatorPrey": "flows.ecology.coevolving_predator_prey",
    "CoherenceResonance": "stochastic.coherence_resonance",
    "Colpitts": "flows.electronics.colpitts",
    "CommonsFeedback": "games.commons_feedback",
    "CompetitiveLotkaVolterra": "flows.ecology.competitive_lotka_volterra",
    "ComplexGinzburgLandau": "pde.complex_ginzburg_landau",
    "ComplexLorenz": "flows.physics.complex_lorenz",
    "ContinuedFraction": "maps.mathematics.continued_fraction",
    "CoupledLogistic": "maps.ecology.coupled_logistic",
    "CoupledMapLattice": "networks.coupled_map_lattice",
    "CoupledReplicator": "games.coupled_replicator",
    "CourbageNekorkinVdovin": "maps.neuroscience.courbage_nekorkin_vdovin",
    "CoxIngersollRoss": "stochastic.cox_ingersoll_ross",
    "CubicDelay": "delay.cubic_delay",
    "CubicMap": "maps.mathematics.cubic_map",
    "CuspMap": "maps.mathematics.cusp_map",
    "Dadras": "flows.mathematics.dadras",
    "Daisyworld": "flows.climate.daisyworld",
    "DeJong": "maps.mathematics.de_jong",
    "DelayedLogistic": "maps.ecology.delayed_logistic",
    "DelayedStuartLandau": "delay.delayed_stuart_landau",
    "DequanLi": "flows.mathematics.dequan_li",
    "DiamagneticKepler": "hamiltonian.diamagnetic_kepler",
    "DiscreteNLS": "hamiltonian.discrete_nls",
    "DissipativeStandardMap": "maps.physics.dissipative_standard_map",
    "DoubleGyre": "flows.fluids.double_gyre",
    "DoublePendulum": "hamiltonian.double_pendulum",
    "DoubleWell": "stochastic.double_well",
    "DrivenPendulum": "flows.physics.driven_pendulum",
    "DrosophilaClock": "flows.biology.drosophila_clock",
    "Duffing": "flows.physics.duffing",
    "Dyadic": "flows.fluids.dyadic",
    "ElasticPendulum": "hamiltonian.elastic_pendulum",
    "EnergyBalance": "flows.climate.energy_balance",
    "FPUT": "hamiltonian.fput",
    "FermiUlam": "maps.physics.fermi_ulam",
    "Finance": "flows.economics.finance",
    "FisherKPP": "pde.fisher_kpp",
    "FitzHughNagumo": "flows.neuroscience.fitzhugh_nagumo",
    "FitzHughNagumoField": "pde.fitzhugh_nagumo_field",
    "FlourBeetle": "maps.ecology.flour_beetle",
    "FluidTrampoline": "flows.fluids.fluid_trampoline",
    "FoldedTowel": "maps.mathematics.folded_towel",
    "ForcedBrusselator": "flows.chemistry.forced_brusselator",
    "ForcedChemostat": "flows.ecology.forced_chemostat",
    "ForcedFitzHughNagumo": "flows.neuroscience.forced_fitzhugh_nagumo",
    "ForcedVanDerPol": "flows.electronics.forced_van_der_pol",
    "FriedkinJohnsen": "networks.friedkin_johnsen",
    "GOPY": "maps.mathematics.gopy",
    "GOY": "flows.fluids.goy",
    "GaussMouse": "maps.mathematics.gauss_mouse",
    "GeneExpression": "stochastic.gene_expression",
    "GeneralizedBaker": "maps.mathematics.generalized_baker",
    "GeneralizedBoole": "maps.mathematics.generalized_boole",
    "GeneralizedHenon": "maps.mathematics.generalized_henon",
    "GenesioTesi": "flows.mathematics.genesio_tesi",
    "GeometricBrownianMotion": "stochastic.geometric_brownian_motion",
    "Gingerbreadman": "maps.mathematics.gingerbreadman",
    "GissingerDynamo": "flows.physics.gissinger_dynamo",
    "GloballyCoupledMaps": "networks.globally_coupled_maps",
    "GloballyCoupledXY": "networks.globally_coupled_xy",
    "GlycolyticOscillation": "flows.biology.glycolytic_oscillation",
    "GoodwinCycle": "flows.economics.goodwin_cycle",
    "GoodwinOscillator": "flows.biology.goodwin_oscillator",
    "GrayScott": "pde.gray_scott",
    "GrebogiMap": "maps.physics.grebogi_map",
    "GuckenheimerHolmes": "flows.mathematics.guckenheimer_holmes",
    "GumowskiMira": "maps.physics.gumowski_mira",
    "Halvorsen": "flows.mathematics.halvorsen",
    "HarmonicOscillator": "hamiltonian.harmonic_oscillator",
    "Hassell": "maps.ecology.hassell",
    "HastingsPowell": "flows.ecology.hastings_powell",
    "HeatRod": "pde.heat_rod",
    "HeavyTop": "flows.physics.heavy_top",
    "HegselmannKrause": "networks.hegselmann_krause",
    "Henon": "maps.mathematics.henon",
    "Henon3D": "maps.mathematics.henon3d",
    "HenonHeiles": "hamiltonian.henon_heiles",
    "HenonQuadratic": "maps.mathematics.henon_quadratic",
    "Hes1": "delay.hes1",
    "Heston": "stochastic.heston",
    "HideSkeldonAcheson": "flows.physics.hide_skeldon_acheson",
    "HigherOrderKuramoto": "networks.higher_order_kuramoto",
    "HillLunar": "hamiltonian.hill_lunar",
    "HindmarshRose": "flows.neuroscience.hindmarsh_rose",
    "HodgkinHuxley": "flows.neuroscience.hodgkin_huxley",
    "HollingTanner": "flows.ecology.holling_tanner",
    "HolmesCubic": "maps.mathematics.holmes_cubic",
    "Hopalong": "maps.mathematics.hopalong",
    "HopfNormalForm": "flows.mathematics.hopf_normal_form",
    "HopfieldNetwork": "flows.neuroscience.hopfield_network",
    "HuismanWeissing": "flows.ecology.huisman_weissing",
    "Hutchinson": "delay.hutchinson",
    "HyperBao": "flows.mathematics.hyper_bao",
    "HyperCai": "flows.mathematics.hyper_cai",
    "HyperChen": "flows.mathematics.hyper_chen",
    "HyperJia": "flows.mathematics.hyper_jia",
    "HyperLorenz": "flows.mathematics.hyper_lorenz",
    "HyperLu": "flows.mathematics.hyper_lu",
    "HyperPang": "flows.mathematics.hyper_pang",
    "HyperQi": "flows.mathematics.hyper_qi",
    "HyperRossler": "flows.mathematics.hyper_rossler",
    "HyperWang": "flows.mathematics.hyper_wang",
    "HyperXu": "flows.mathematics.hyper_xu",
    "HyperYan": "flows.mathematics.hyper_yan",
    "HyperYangChen": "flows.mathematics.hyper_yang_chen",
    "Ikeda": "maps.physics.ikeda",
    "IkedaDelay": "delay.ikeda_delay",
    "IndirectChemotaxis": "pde.indirect_chemotaxis",
    "InjectedLaser": "flows.physics.injected_laser",
    "InteriorSquirmer": "flows.fluids.interior_squirmer",
    "ItikBanks": "flows.biology.itik_banks",
    "JansenRit": "flows.neuroscience.jansen_rit",
    "JerkCircuit": "flows.electronics.jerk_circuit",
    "JosephsonJunction": "flows.physics.josephson_junction",
    "JuliaMap": "maps.mathematics.julia_map",
    "KTz": "maps.neuroscience.ktz",
    "KapitzaPendulum": "flows.physics.kapitza_pendulum",
    "KaplanYorke": "maps.mathematics.kaplan_yorke",
    "Kawahara": "pde.kawahara",
    "KawczynskiStrizhak": "flows.chemistry.kawczynski_strizhak",
    "Keen": "flows.economics.keen",
    "KellerSegel": "pde.keller_segel",
    "Kepler": "hamiltonian.kepler",
    "KickedHarper": "maps.physics.kicked_harper",
    "KickedTop": "maps.physics.kicked_top",
    "KimOstlund": "maps.mathematics.kim_ostlund",
    "KleinGordonChain": "hamiltonian.klein_gordon_chain",
    "KortewegDeVries": "pde.korteweg_de_vries",
    "Kuramoto": "networks.kuramoto",
    "KuramotoSivashinsky": "pde.kuramoto_sivashinsky",
    "LambdaOmega": "pde.lambda_omega",
    "LangKobayashi": "delay.lang_kobayashi",
    "Langevin": "stochastic.langevin",
    "LengyelEpstein": "flows.chemistry.lengyel_epstein",
    "LeslieCompetition": "maps.ecology.leslie_competition",
    "LeslieMap": "maps.ecology.leslie_map",
    "LidDrivenCavity": "flows.fluids.lid_driven_cavity",
    "LinearOscillator": "flows.physics.linear_oscillator",
    "LinzSprott": "flows.mathematics.linz_sprott",
    "LiuChen": "flows.mathematics.liu_chen",
    "LiveraniSaussolVaienti": "maps.mathematics.liverani_saussol_vaienti",
    "LogarithmicPotential": "hamiltonian.logarithmic_potential",
    "Logistic": "maps.ecology.logistic",
    "LogitDynamics": "games.logit_dynamics",
    "Lorenz63": "flows.climate.lorenz63",
    "Lorenz84": "flows.climate.lorenz84",
    "Lorenz86": "flows.climate.lorenz86",
    "Lorenz96": "flows.climate.lorenz96",
    "Lorenz96TwoScale": "flows.climate.lorenz96_two_scale",
    "LorenzBounded": "flows.climate.lorenz_bounded",
    "LorenzDriven": "flows.climate.lorenz_driven",
    "LorenzMap3D": "maps.mathematics.lorenz_map3d",
    "LorenzStenflo": "flows.climate.lorenz_stenflo",
    "LotkaVolterra": "flows.ecology.lotka_volterra",
    "Lozi": "maps.mathematics.lozi",
    "LuChen": "flows.mathematics.lu_chen",
    "LuChenCheng": "flows.mathematics.lu_chen_cheng",
    "Lyness": "maps.mathematics.lyness",
    "MackeyGlass": "delay.mackey_glass",
    "MagneticPendulum": "flows.physics.magnetic_pendulum",
    "MalasomaJerk": "flows.mathematics.malasoma_jerk",
    "Manneville": "maps.mathematics.manneville",
    "MatchingPennies": "games.matching_pennies",
    "Mathieu": "flows.physics.mathieu",
    "MatsumotoChuaKobayashi": "flows.electronics.matsumoto_chua_kobayashi",
    "MaxwellBloch": "flows.physics.maxwell_bloch",
    "MayLeonard": "flows.ecology.may_leonard",
    "McMillan": "maps.mathematics.mcmillan",
    "MeanFieldRotors": "hamiltonian.mean_field_rotors",
    "MitoticOscillator": "flows.biology.mitotic_oscillator",
    "MooreSpiegel": "flows.physics.moore_spiegel",
    "MorrisLecar": "flows.neuroscience.morris_lecar",
    "MorseOscillator": "hamiltonian.morse_oscillator",
    "MultiScrollChua": "flows.electronics.multi_scroll_chua",
    "MultiplicativeWeights": "games.multiplicative_weights",
    "MuraliLakshmananChua": "flows.electronics.murali_lakshmanan_chua",
    "MuthuswamyChua": "flows.electronics.muthuswamy_chua",
    "NBody": "hamiltonian.n_body",
    "NagumoSato": "maps.neuroscience.nagumo_sato",
    "NavierStokesVorticity": "pde.navier_stokes_vorticity",
    "NeurosporaClock": "flows.biology.neurospora_clock",
    "NewtonLeipnik": "flows.physics.newton_leipnik",
    "NicholsonBlowflies": "delay.nicholson_blowflies",
    "Nikolaevskiy": "pde.nikolaevskiy",
    "NineModeShear": "flows.fluids.nine_mode_shear",
    "NoisyKuramoto": "networks.noisy_kuramoto",
    "NoisyLogistic": "stochastic.noisy_logistic",
    "NonlinearSchroedinger": "pde.nonlinear_schroedinger",
    "NontwistMap": "maps.physics.nontwist_map",
    "NoseHooverChain": "flows.physics.nose_hoover_chain",
    "NuclearQuadrupole": "hamiltonian.nuclear_quadrupole",
    "Oregonator": "flows.chemistry.oregonator",
    "OrnsteinUhlenbeck": "stochastic.ornstein_uhlenbeck",
    "PehlivanWei": "flows.mathematics.pehlivan_wei",
    "PenaKalnay": "flows.climate.pena_kalnay",
    "Pendulum": "hamiltonian.pendulum",
    "PersistentSodium": "flows.neuroscience.persistent_sodium",
    "PhiFour": "pde.phi_four",
    "Pinchers": "maps.mathematics.pinchers",
    "PointVortices": "flows.fluids.point_vortices",
    "PyragasRossler": "delay.pyragas_rossler",
    "Qi": "flows.mathematics.qi",
    "QiChen": "flows.mathematics.qi_chen",
    "QuadraticMap": "maps.mathematics.quadratic_map",
    "RabinovichFabrikant": "flows.physics.rabinovich_fabrikant",
    "RandomAdvectionLattice": "stochastic.random_advection_lattice",
    "RandomWalk": "stochastic.random_walk",
    "RayleighOscillator": "flows.physics.rayleigh_oscillator",
    "ReactiveStrategies": "games.reactive_strategies",
    "ReducedOregonator": "flows.chemistry.reduced_oregonator",
    "Replicator": "games.replicator",
    "Repressilator": "flows.biology.repressilator",
    "RestrictedThreeBody": "hamiltonian.restricted_three_body",
    "Ricker": "maps.ecology.ricker",
    "RigidBody": "flows.physics.rigid_body",
    "Rikitake": "flows.physics.rikitake",
    "RockPaperScissorsLearning": "games.rock_paper_scissors_learning",
    "RosenzweigMacArthur": "flows.ecology.rosenzweig_macarthur",
    "Rossler": "flows.mathematics.rossler",
    "Rucklidge": "flows.fluids.rucklidge",
    "Rulkov": "maps.neuroscience.rulkov",
    "RulkovSpiking": "maps.neuroscience.rulkov_spiking",
    "SIR": "flows.biology.sir",
    "Sabra": "flows.fluids.sabra",
    "Sakarya": "flows.mathematics.sakarya",
    "SakaryaMeier": "flows.mathematics.sakarya_meier",
    "SaltonSea": "flows.ecology.salton_sea",
    "SanUmSrisuchinwong": "flows.mathematics.san_um_srisuchinwong",
    "Schlogl": "stochastic.schlogl",
    "Schnakenberg": "flows.chemistry.schnakenberg",
    "SchnakenbergField": "pde.schnakenberg_field",
    "ScrollDelay": "delay.scroll_delay",
    "SeasonalInsects": "flows.ecology.seasonal_insects",
    "SeasonalLogistic": "maps.ecology.seasonal_logistic",
    "SeasonalSEIR": "flows.biology.seasonal_seir",
    "SelfSustainingProcess": "flows.fluids.self_sustaining_process",
    "Selkov": "flows.biology.selkov",
    "ShimizuMorioka": "flows.mathematics.shimizu_morioka",
    "SinaiMap": "maps.mathematics.sinai_map",
    "SineFlow": "maps.fluids.sine_flow",
    "SineGordon": "pde.sine_gordon",
    "SineMap": "maps.mathematics.sine_map",
    "Sitnikov": "hamiltonian.sitnikov",
    "SkewTent": "maps.mathematics.skew_tent",
    "SolomonGollub": "flows.fluids.solomon_gollub",
    "SphericalPendulum": "hamiltonian.spherical_pendulum",
    "SprottA": "flows.mathematics.sprott_a",
    "SprottB": "flows.mathematics.sprott_b",
    "SprottC": "flows.mathematics.sprott_c",
    "SprottD": "flows.mathematics.sprott_d",
    "SprottDelay": "delay.sprott_delay",
    "SprottE": "flows.mathematics.sprott_e",
    "SprottF": "flows.mathematics.sprott_f",
    "SprottG": "flows.mathematics.sprott_g",
    "SprottH": "flows.mathematics.sprott_h",
    "SprottI": "flows.mathematics.sprott_i",
    "SprottJ": "flows.mathematics.sprott_j",
    "SprottJerk": "flows.mathematics.sprott_jerk",
    "SprottK": "flows.mathematics.sprott_k",
    "SprottL": "flows.mathematics.sprott_l",
    "SprottM": "flows.mathematics.sprott_m",
    "SprottMultifractal": "flows.mathematics.sprott_multifractal",
    "SprottN": "flows.mathematics.sprott_n",
    "SprottO": "flows.mathematics.sprott_o",
    "SprottP": "flows.mathematics.sprott_p",
    "SprottQ": "flows.mathematics.sprott_q",
    "SprottR": "flows.mathematics.sprott_r",
    "SprottS": "flows.mathematics.sprott_s",
    "SprottTorus": "flows.mathematics.sprott_torus",
    "StandardMap": "maps.physics.standard_map",
    "StickSlip": "flows.physics.stick_slip",
    "StochasticBrusselator": "stochastic.stochastic_brusselator",
    "StochasticDyadic": "stochastic.stochastic_dyadic",
    "StochasticHopf": "stochastic.stochastic_hopf",
    "StochasticLogistic": "stochastic.stochastic_logistic",
    "StochasticLorenz": "stochastic.stochastic_lorenz",
    "StochasticResonance": "stochastic.stochastic_resonance",
    "StommelBox": "flows.climate.stommel_box",
    "Stormer": "hamiltonian.stormer",
    "StuartLandauNetwork": "networks.stuart_landau_network",
    "StuartVortices": "flows.fluids.stuart_vortices",
    "SuarezSchopf": "delay.suarez_schopf",
    "Sunflower": "delay.sunflower",
    "Svensson": "maps.mathematics.svensson",
    "SwiftHohenberg": "pde.swift_hohenberg",
    "SwingingAtwood": "hamiltonian.swinging_atwood",
    "TelegraphNoise": "stochastic.telegraph_noise",
    "Tent": "maps.mathematics.tent",
    "ThetaNeuron": "flows.neuroscience.theta_neuron",
    "Thomas": "flows.mathematics.thomas",
    "Tinkerbell": "maps.mathematics.tinkerbell",
    "Toda": "hamiltonian.toda",
    "TodaOscillator": "flows.physics.toda_oscillator",
    "ToggleSwitch": "flows.biology.toggle_switch",
    "TorusFlow": "flows.mathematics.torus_flow",
    "TurchinHanski": "flows.ecology.turchin_hanski",
    "TysonCellCycle": "flows.biology.tyson_cell_cycle",
    "UcarDelay": "delay.ucar_delay",
    "VallisElNino": "flows.climate.vallis_el_nino",
    "VanDerPol": "flows.electronics.van_der_pol",
    "VossDelay": "delay.voss_delay",
    "WangBuzsaki": "flows.neuroscience.wang_buzsaki",
    "WangSun": "flows.mathematics.wang_sun",
    "Washboard": "stochastic.washboard",
    "WebMap": "maps.physics.web_map",
    "Wildfire": "pde.wildfire",
    "WillamowskiRossler": "flows.chemistry.willamowski_rossler",
    "WilsonCowan": "flows.neuroscience.wilson_cowan",
    "Windmi": "flows.physics.windmi",
    "WindmiReduced": "flows.physics.windmi_reduced",
    "WrightFisher": "stochastic.wright_fisher",
    "YamadaLaser": "flows.physics.yamada_laser",
    "YangChen": "flows.mathematics.yang_chen",
    "YangMills": "hamiltonian.yang_mills",
    "YuWang": "flows.mathematics.yu_wang",
    "YuWangCosh": "flows.mathematics.yu_wang_cosh",
    "Zaslavsky": "maps.physics.zaslavsky",
    "ZhouChen": "flows.mathematics.zhou_chen",
}

if TYPE_CHECKING:
    from .delay.cubic_delay import CubicDelay as CubicDelay
    from .delay.delayed_stuart_landau import DelayedStuartLandau as DelayedStuartLandau
    from .delay.hes1 import Hes1 as Hes1
    from .delay.hutchinson import Hutchinson as Hutchinson
    from .delay.ikeda_delay import IkedaDelay as IkedaDelay
    from .delay.lang_kobayashi import LangKobayashi as LangKobayashi
    from .delay.mackey_glass import MackeyGlass as MackeyGlass
    from .delay.nicholson_blowflies import NicholsonBlowflies as NicholsonBlowflies
    from .delay.pyragas_rossler import PyragasRossler as PyragasRossler
    from .delay.scroll_delay import ScrollDelay as ScrollDelay
    from .delay.sprott_delay import SprottDelay as SprottDelay
    from .delay.suarez_schopf import SuarezSchopf as SuarezSchopf
    from .delay.sunflower import Sunflower as Sunflower
    from .delay.ucar_delay import UcarDelay as UcarDelay
    from .delay.voss_delay import VossDelay as VossDelay
    from .flows.biology.calcium_oscillation import CalciumOscillation as CalciumOscillation
    from .flows.biology.calcium_two_pool import CalciumTwoPool as CalciumTwoPool
    from .flows.biology.cell_cycle import CellCycle as CellCycle
    from .flows.biology.drosophila_clock import DrosophilaClock as DrosophilaClock
    from .flows.biology.glycolytic_oscillation import GlycolyticOscillation as GlycolyticOscillation
    from .flows.biology.goodwin_oscillator import GoodwinOscillator as GoodwinOscillator
    from .flows.biology.itik_banks import ItikBanks as ItikBanks
    from .flows.biology.mitotic_oscillator import MitoticOscillator as MitoticOscillator
    from .flows.biology.neurospora_clock import NeurosporaClock as NeurosporaClock
    from .flows.biology.repressilator import Repressilator as Repressilator
    from .flows.biology.seasonal_seir import SeasonalSEIR as SeasonalSEIR
    from .flows.biology.selkov import Selkov as Selkov
    from .flows.biology.sir import SIR as SIR
    from .flows.biology.toggle_switch import ToggleSwitch as ToggleSwitch
    from .flows.biology.tyson_cell_cycle import TysonCellCycle as TysonCellCycle
    from .flows.chemistry.autocatalator import Autocatalator as Autocatalator
    from .flows.chemistry.belousov_zhabotinsky import BelousovZhabotinsky as BelousovZhabotinsky
    from .flows.chemistry.brusselator import Brusselator as Brusselator
    from .flows.chemistry.forced_brusselator import ForcedBrusselator as ForcedBrusselator
    from .flows.chemistry.kawczynski_strizhak import KawczynskiStrizhak as KawczynskiStrizhak
    from .flows.chemistry.lengyel_epstein import LengyelEpstein as LengyelEpstein
    from .flows.chemistry.oregonator import Oregonator as Oregonator
    from .flows.chemistry.reduced_oregonator import ReducedOregonator as ReducedOregonator
    from .flows.chemistry.schnakenberg import Schnakenberg as Schnakenberg
    from .flows.chemistry.willamowski_rossler import WillamowskiRossler as WillamowskiRossler
    from .flows.climate.atmospheric_regime import AtmosphericRegime as AtmosphericRegime
    from .flows.climate.charney_devore import CharneyDeVore as CharneyDeVore
    from .flows.climate.daisyworld import Daisyworld as Daisyworld
    from .flows.climate.energy_balance import EnergyBalance as EnergyBalance
    from .flows.climate.lorenz63 import Lorenz63 as Lorenz63
    from .flows.climate.lorenz84 import Lorenz84 as Lorenz84
    from .flows.climate.lorenz86 import Lorenz86 as Lorenz86
    from .flows.climate.lorenz96 import Lorenz96 as Lorenz96
    from .flows.climate.lorenz96_two_scale import Lorenz96TwoScale as Lorenz96TwoScale
    from .flows.climate.lorenz_bounded import LorenzBounded as LorenzBounded
    from .flows.climate.lorenz_driven import LorenzDriven as LorenzDriven
    from .flows.climate.lorenz_stenflo import LorenzStenflo as LorenzStenflo
    from .flows.climate.pena_kalnay import PenaKalnay as PenaKalnay
    from .flows.climate.stommel_box import StommelBox as StommelBox
    from .flows.climate.vallis_el_nino import VallisElNino as VallisElNino
    from .flows.ecology.allee import Allee as Allee
    from .flows.ecology.arneodo_volterra import ArneodoVolterra as ArneodoVolterra
    from .flows.ecology.bazykin import Bazykin as Bazykin
    from .flows.ecology.blasius import Blasius as Blasius
    from .flows.ecology.chemostat import Chemostat as Chemostat
    from .flows.ecology.coevolving_predator_prey import CoevolvingPredatorPrey as CoevolvingPredatorPrey
    from .flows.ecology.competitive_lotka_volterra import CompetitiveLotkaVolterra as CompetitiveLotkaVolterra
    from .flows.ecology.forced_chemostat import ForcedChemostat as ForcedChemostat
    from .flows.ecology.hastings_powell import HastingsPowell as HastingsPowell
    from .flows.ecology.holling_tanner import HollingTanner as HollingTanner
    from .flows.ecology.huisman_weissing import HuismanWeissing as HuismanWeissing
    from .flows.ecology.lotka_volterra import LotkaVolterra as LotkaVolterra
    from .flows.ecology.may_leonard import MayLeonard as MayLeonard
    from .flows.ecology.rosenzweig_macarthur import RosenzweigMacArthur as RosenzweigMacArthur
    from .flows.ecology.salton_sea import SaltonSea as SaltonSea
    from .flows.ecology.seasonal_insects import SeasonalInsects as SeasonalInsects
    from .flows.ecology.turchin_hanski import TurchinHanski as TurchinHanski
    from .flows.economics.bouali import Bouali as Bouali
    from .flows.economics.bouali_butterfly import BoualiButterfly as BoualiButterfly
    from .flows.economics.finance import Finance as Finance
    from .flows.economics.goodwin_cycle import GoodwinCycle as GoodwinCycle
    from .flows.economics.keen import Keen as Keen
    from .flows.electronics.anishchenko_astakhov import AnishchenkoAstakhov as AnishchenkoAstakhov
    from .flows.electronics.cellular_neural_network import CellularNeuralNetwork as CellularNeuralNetwork
    from .flows.electronics.chua import Chua as Chua
    from .flows.electronics.colpitts import Colpitts as Colpitts
    from .flows.electronics.forced_van_der_pol import ForcedVanDerPol as ForcedVanDerPol
    from .flows.electronics.jerk_circuit import JerkCircuit as JerkCircuit
    from .flows.electronics.matsumoto_chua_kobayashi import MatsumotoChuaKobayashi as MatsumotoChuaKobayashi
    from .flows.electronics.multi_scroll_chua import MultiScrollChua as MultiScrollChua
    from .flows.electronics.murali_lakshmanan_chua import MuraliLakshmananChua as MuraliLakshmananChua
    from .flows.electronics.muthuswamy_chua import MuthuswamyChua as MuthuswamyChua
    from .flows.electronics.van_der_pol import VanDerPol as VanDerPol
    from .flows.fluids.arnold_beltrami_childress import ArnoldBeltramiChildress as ArnoldBeltramiChildress
    from .flows.fluids.bickley_jet import BickleyJet as BickleyJet
    from .flows.fluids.blinking_rotlet import BlinkingRotlet as BlinkingRotlet
    from .flows.fluids.double_gyre import DoubleGyre as DoubleGyre
    from .flows.fluids.dyadic import Dyadic as Dyadic
    from .flows.fluids.fluid_trampoline import FluidTrampoline as FluidTrampoline
    from .flows.fluids.goy import GOY as GOY
    from .flows.fluids.interior_squirmer import InteriorSquirmer as InteriorSquirmer
    from .flows.fluids.lid_driven_cavity import LidDrivenCavity as LidDrivenCavity
    from .flows.fluids.nine_mode_shear import NineModeShear as NineModeShear
    from .flows.fluids.point_vortices import PointVortices as PointVortices
    from .flows.fluids.rucklidge import Rucklidge as Rucklidge
    from .flows.fluids.sabra import Sabra as Sabra
    from .flows.fluids.self_sustaining_process import SelfSustainingProcess as SelfSustainingProcess
    from .flows.fluids.solomon_gollub import SolomonGollub as SolomonGollub
    from .flows.fluids.stuart_vortices import StuartVortices as StuartVortices
    from .flows.mathematics.abooee import Abooee as Abooee
    from .flows.mathematics.aizawa import Aizawa as Aizawa
    from .flows.mathematics.arneodo import Arneodo as Arneodo
    from .flows.mathematics.arneodo_coullet_tresser import ArneodoCoulletTresser as ArneodoCoulletTresser
    from .flows.mathematics.bautin_normal_form import BautinNormalForm as BautinNormalForm
    from .flows.mathematics.burke_shaw import BurkeShaw as BurkeShaw
    from .flows.mathematics.chen import Chen as Chen
    from .flows.mathematics.dadras import Dadras as Dadras
    from .flows.mathematics.dequan_li import DequanLi as DequanLi
    from .flows.mathematics.genesio_tesi import GenesioTesi as GenesioTesi
    from .flows.mathematics.guckenheimer_holmes import GuckenheimerHolmes as GuckenheimerHolmes
    from .flows.mathematics.halvorsen import Halvorsen as Halvorsen
    from .flows.mathematics.hopf_normal_form import HopfNormalForm as HopfNormalForm
    from .flows.mathematics.hyper_bao import HyperBao as HyperBao
    from .flows.mathematics.hyper_cai import HyperCai as HyperCai
    from .flows.mathematics.hyper_chen import HyperChen as HyperChen
    from .flows.mathematics.hyper_jia import HyperJia as HyperJia
    from .flows.mathematics.hyper_lorenz import HyperLorenz as HyperLorenz
    from .flows.mathematics.hyper_lu import HyperLu as HyperLu
    from .flows.mathematics.hyper_pang import HyperPang as HyperPang
    from .flows.mathematics.hyper_qi import HyperQi as HyperQi
    from .flows.mathematics.hyper_rossler import HyperRossler as HyperRossler
    from .flows.mathematics.hyper_wang import HyperWang as HyperWang
    from .flows.mathematics.hyper_xu import HyperXu as HyperXu
    from .flows.mathematics.hyper_yan import HyperYan as HyperYan
    from .flows.mathematics.hyper_yang_chen import HyperYangChen as HyperYangChen
    from .flows.mathematics.linz_sprott import LinzSprott as LinzSprott
    from .flows.mathematics.liu_chen import LiuChen as LiuChen
    from .flows.mathematics.lu_chen import LuChen as LuChen
    from .flows.mathematics.lu_chen_cheng import LuChenCheng as LuChenCheng
    from .flows.mathematics.malasoma_jerk import MalasomaJerk as MalasomaJerk
    from .flows.mathematics.pehlivan_wei import PehlivanWei as PehlivanWei
    from .flows.mathematics.qi import Qi as Qi
    from .flows.mathematics.qi_chen import QiChen as QiChen
    from .flows.mathematics.rossler import Rossler as Rossler
    from .flows.mathematics.sakarya import Sakarya as Sakarya
    from .flows.mathematics.sakarya_meier import SakaryaMeier as SakaryaMeier
    from .flows.mathematics.san_um_srisuchinwong import SanUmSrisuchinwong as SanUmSrisuchinwong
    from .flows.mathematics.shimizu_morioka import ShimizuMorioka as ShimizuMorioka
    from .flows.mathematics.sprott_a import SprottA as SprottA
    from .flows.mathematics.sprott_b import SprottB as SprottB
    from .flows.mathematics.sprott_c import SprottC as SprottC
    from .flows.mathematics.sprott_d import SprottD as SprottD
    from .flows.mathematics.sprott_e import SprottE as SprottE
    from .flows.mathematics.sprott_f import SprottF as SprottF
    from .flows.mathematics.sprott_g import SprottG as SprottG
    from .flows.mathematics.sprott_h import SprottH as SprottH
    from .flows.mathematics.sprott_i import SprottI as SprottI
    from .flows.mathematics.sprott_j import SprottJ as SprottJ
    from .flows.mathematics.sprott_jerk import SprottJerk as SprottJerk
    from .flows.mathematics.sprott_k import SprottK as SprottK
    from .flows.mathematics.sprott_l import SprottL as SprottL
    from .flows.mathematics.sprott_m import SprottM as SprottM
    from .flows.mathematics.sprott_multifractal import SprottMultifractal as SprottMultifractal
    from .flows.mathematics.sprott_n import SprottN as SprottN
    from .flows.mathematics.sprott_o import SprottO as SprottO
    from .flows.mathematics.sprott_p import SprottP as SprottP
    from .flows.mathematics.sprott_q import SprottQ as SprottQ
    from .flows.mathematics.sprott_r import SprottR as SprottR
    from .flows.mathematics.sprott_s import SprottS as SprottS
    from .flows.mathematics.sprott_torus import SprottTorus as SprottTorus
    from .flows.mathematics.thomas import Thomas as Thomas
    from .flows.mathematics.torus_flow import TorusFlow as TorusFlow
    from .flows.mathematics.wang_sun import WangSun as WangSun
    from .flows.mathematics.yang_chen import YangChen as YangChen
    from .flows.mathematics.yu_wang import YuWang as YuWang
    from .flows.mathematics.yu_wang_cosh import YuWangCosh as YuWangCosh
    from .flows.mathematics.zhou_chen import ZhouChen as ZhouChen
    from .flows.neuroscience.beer_network import BeerNetwork as BeerNetwork
    from .flows.neuroscience.beta_cell import BetaCell as BetaCell
    from .flows.neuroscience.chay import Chay as Chay
    from .flows.neuroscience.fitzhugh_nagumo import FitzHughNagumo as FitzHughNagumo
    from .flows.neuroscience.forced_fitzhugh_nagumo import ForcedFitzHughNagumo as ForcedFitzHughNagumo
    from .flows.neuroscience.hindmarsh_rose import HindmarshRose as HindmarshRose
    from .flows.neuroscience.hodgkin_huxley import HodgkinHuxley as HodgkinHuxley
    from .flows.neuroscience.hopfield_network import HopfieldNetwork as HopfieldNetwork
    from .flows.neuroscience.jansen_rit import JansenRit as JansenRit
    from .flows.neuroscience.morris_lecar import MorrisLecar as MorrisLecar
    from .flows.neuroscience.persistent_sodium import PersistentSodium as PersistentSodium
    from .flows.neuroscience.theta_neuron import ThetaNeuron as ThetaNeuron
    from .flows.neuroscience.wang_buzsaki import WangBuzsaki as WangBuzsaki
    from .flows.neuroscience.wilson_cowan import WilsonCowan as WilsonCowan
    from .flows.physics.adler import Adler as Adler
    from .flows.physics.bloch import Bloch as Bloch
    from .flows.physics.bullard_dynamo import BullardDynamo as BullardDynamo
    from .flows.physics.chen_lee import ChenLee as ChenLee
    from .flows.physics.complex_lorenz import ComplexLorenz as ComplexLorenz
    from .flows.physics.driven_pendulum import DrivenPendulum as DrivenPendulum
    from .flows.physics.duffing import Duffing as Duffing
    from .flows.physics.gissinger_dynamo import GissingerDynamo as GissingerDynamo
    from .flows.physics.heavy_top import HeavyTop as HeavyTop
    from .flows.physics.hide_skeldon_acheson import HideSkeldonAcheson as HideSkeldonAcheson
    from .flows.physics.injected_laser import InjectedLaser as InjectedLaser
    from .flows.physics.josephson_junction import JosephsonJunction as JosephsonJunction
    from .flows.physics.kapitza_pendulum import KapitzaPendulum as KapitzaPendulum
    from .flows.physics.linear_oscillator import LinearOscillator as LinearOscillator
    from .flows.physics.magnetic_pendulum import MagneticPendulum as MagneticPendulum
    from .flows.physics.mathieu import Mathieu as Mathieu
    from .flows.physics.maxwell_bloch import MaxwellBloch as MaxwellBloch
    from .flows.physics.moore_spiegel import MooreSpiegel as MooreSpiegel
    from .flows.physics.newton_leipnik import NewtonLeipnik as NewtonLeipnik
    from .flows.physics.nose_hoover_chain import NoseHooverChain as NoseHooverChain
    from .flows.physics.rabinovich_fabrikant import RabinovichFabrikant as RabinovichFabrikant
    from .flows.physics.rayleigh_oscillator import RayleighOscillator as RayleighOscillator
    from .flows.physics.rigid_body import RigidBody as RigidBody
    from .flows.physics.rikitake import Rikitake as Rikitake
    from .flows.physics.stick_slip import StickSlip as StickSlip
    from .flows.physics.toda_oscillator import TodaOscillator as TodaOscillator
    from .flows.physics.windmi import Windmi as Windmi
    from .flows.physics.windmi_reduced import WindmiReduced as WindmiReduced
    from .flows.physics.yamada_laser import YamadaLaser as YamadaLaser
    from .games.commons_feedback import CommonsFeedback as CommonsFeedback
    from .games.coupled_replicator import CoupledReplicator as CoupledReplicator
    from .games.logit_dynamics import LogitDynamics as LogitDynamics
    from .games.matching_pennies import MatchingPennies as MatchingPennies
    from .games.multiplicative_weights import MultiplicativeWeights as MultiplicativeWeights
    from .games.reactive_strategies import ReactiveStrategies as ReactiveStrategies
    from .games.replicator import Replicator as Replicator
    from .games.rock_paper_scissors_learning import RockPaperScissorsLearning as RockPaperScissorsLearning
    from .hamiltonian.arnold_web import ArnoldWeb as ArnoldWeb
    from .hamiltonian.barbanis import Barbanis as Barbanis
    from .hamiltonian.diamagnetic_kepler import DiamagneticKepler as DiamagneticKepler
    from .hamiltonian.discrete_nls import DiscreteNLS as DiscreteNLS
    from .hamiltonian.double_pendulum import DoublePendulum as DoublePendulum
    from .hamiltonian.elastic_pendulum import ElasticPendulum as ElasticPendulum
    from .hamiltonian.fput import FPUT as FPUT
    from .hamiltonian.harmonic_oscillator import HarmonicOscillator as HarmonicOscillator
    from .hamiltonian.henon_heiles import HenonHeiles as HenonHeiles
    from .hamiltonian.hill_lunar import HillLunar as HillLunar
    from .hamiltonian.kepler import Kepler as Kepler
    from .hamiltonian.klein_gordon_chain import KleinGordonChain as KleinGordonChain
    from .hamiltonian.logarithmic_potential import LogarithmicPotential as LogarithmicPotential
    from .hamiltonian.mean_field_rotors import MeanFieldRotors as MeanFieldRotors
    from .hamiltonian.morse_oscillator import MorseOscillator as MorseOscillator
    from .hamiltonian.n_body import NBody as NBody
    from .hamiltonian.nuclear_quadrupole import NuclearQuadrupole as NuclearQuadrupole
    from .hamiltonian.pendulum import Pendulum as Pendulum
    from .hamiltonian.restricted_three_body import RestrictedThreeBody as RestrictedThreeBody
    from .hamiltonian.sitnikov import Sitnikov as Sitnikov
    from .hamiltonian.spherical_pendulum import SphericalPendulum as SphericalPendulum
    from .hamiltonian.stormer import Stormer as Stormer
    from .hamiltonian.swinging_atwood import SwingingAtwood as SwingingAtwood
    from .hamiltonian.toda import Toda as Toda
    from .hamiltonian.yang_mills import YangMills as YangMills
    from .maps.ecology.beddington import Beddington as Beddington
    from .maps.ecology.coupled_logistic import CoupledLogistic as CoupledLogistic
    from .maps.ecology.delayed_logistic import DelayedLogistic as DelayedLogistic
    from .maps.ecology.flour_beetle import FlourBeetle as FlourBeetle
    from .maps.ecology.hassell import Hassell as Hassell
    from .maps.ecology.leslie_competition import LeslieCompetition as LeslieCompetition
    from .maps.ecology.leslie_map import LeslieMap as LeslieMap
    from .maps.ecology.logistic import Logistic as Logistic
    from .maps.ecology.ricker import Ricker as Ricker
    from .maps.ecology.seasonal_logistic import SeasonalLogistic as SeasonalLogistic
    from .maps.fluids.blinking_vortex import BlinkingVortex as BlinkingVortex
    from .maps.fluids.burgers_map import BurgersMap as BurgersMap
    from .maps.fluids.sine_flow import SineFlow as SineFlow
    from .maps.mathematics.arnold_cat import ArnoldCat as ArnoldCat
    from .maps.mathematics.baker import Baker as Baker
    from .maps.mathematics.bedhead import Bedhead as Bedhead
    from .maps.mathematics.belykh import Belykh as Belykh
    from .maps.mathematics.bernoulli_shift import BernoulliShift as BernoulliShift
    from .maps.mathematics.bogdanov import Bogdanov as Bogdanov
    from .maps.mathematics.border_collision import BorderCollision as BorderCollision
    from .maps.mathematics.chebyshev import Chebyshev as Chebyshev
    from .maps.mathematics.clifford import Clifford as Clifford
    from .maps.mathematics.continued_fraction import ContinuedFraction as ContinuedFraction
    from .maps.mathematics.cubic_map import CubicMap as CubicMap
    from .maps.mathematics.cusp_map import CuspMap as CuspMap
    from .maps.mathematics.de_jong import DeJong as DeJong
    from .maps.mathematics.folded_towel import FoldedTowel as FoldedTowel
    from .maps.mathematics.gauss_mouse import GaussMouse as GaussMouse
    from .maps.mathematics.generalized_baker import GeneralizedBaker as GeneralizedBaker
    from .maps.mathematics.generalized_boole import GeneralizedBoole as GeneralizedBoole
    from .maps.mathematics.generalized_henon import GeneralizedHenon as GeneralizedHenon
    from .maps.mathematics.gingerbreadman import Gingerbreadman as Gingerbreadman
    from .maps.mathematics.gopy import GOPY as GOPY
    from .maps.mathematics.henon import Henon as Henon
    from .maps.mathematics.henon3d import Henon3D as Henon3D
    from .maps.mathematics.henon_quadratic import HenonQuadratic as HenonQuadratic
    from .maps.mathematics.holmes_cubic import HolmesCubic as HolmesCubic
    from .maps.mathematics.hopalong import Hopalong as Hopalong
    from .maps.mathematics.julia_map import JuliaMap as JuliaMap
    from .maps.mathematics.kaplan_yorke import KaplanYorke as KaplanYorke
    from .maps.mathematics.kim_ostlund import KimOstlund as KimOstlund
    from .maps.mathematics.liverani_saussol_vaienti import LiveraniSaussolVaienti as LiveraniSaussolVaienti
    from .maps.mathematics.lorenz_map3d import LorenzMap3D as LorenzMap3D
    from .maps.mathematics.lozi import Lozi as Lozi
    from .maps.mathematics.lyness import Lyness as Lyness
    from .maps.mathematics.manneville import Manneville as Manneville
    from .maps.mathematics.mcmillan import McMillan as McMillan
    from .maps.mathematics.pinchers import Pinchers as Pinchers
    from .maps.mathematics.quadratic_map import QuadraticMap as QuadraticMap
    from .maps.mathematics.sinai_map import SinaiMap as SinaiMap
    from .maps.mathematics.sine_map import SineMap as SineMap
    from .maps.mathematics.skew_tent import SkewTent as SkewTent
    from .maps.mathematics.svensson import Svensson as Svensson
    from .maps.mathematics.tent import Tent as Tent
    from .maps.mathematics.tinkerbell import Tinkerbell as Tinkerbell
    from .maps.neuroscience.aihara_neuron import AiharaNeuron as AiharaNeuron
    from .maps.neuroscience.chialvo import Chialvo as Chialvo
    from .maps.neuroscience.courbage_nekorkin_vdovin import CourbageNekorkinVdovin as CourbageNekorkinVdovin
    from .maps.neuroscience.ktz import KTz as KTz
    from .maps.neuroscience.nagumo_sato import NagumoSato as NagumoSato
    from .maps.neuroscience.rulkov import Rulkov as Rulkov
    from .maps.neuroscience.rulkov_spiking import RulkovSpiking as RulkovSpiking
    from .maps.physics.bouncing_ball import BouncingBall as BouncingBall
    from .maps.physics.circle_map import CircleMap as CircleMap
    from .maps.physics.dissipative_standard_map import DissipativeStandardMap as DissipativeStandardMap
    from .maps.physics.fermi_ulam import FermiUlam as FermiUlam
    from .maps.physics.grebogi_map import GrebogiMap as GrebogiMap
    from .maps.physics.gumowski_mira import GumowskiMira as GumowskiMira
    from .maps.physics.ikeda import Ikeda as Ikeda
    from .maps.physics.kicked_harper import KickedHarper as KickedHarper
    from .maps.physics.kicked_top import KickedTop as KickedTop
    from .maps.physics.nontwist_map import NontwistMap as NontwistMap
    from .maps.physics.standard_map import StandardMap as StandardMap
    from .maps.physics.web_map import WebMap as WebMap
    from .maps.physics.zaslavsky import Zaslavsky as Zaslavsky
    from .networks.asynchronous_maps import AsynchronousMaps as AsynchronousMaps
    from .networks.cell_bulk_sensing import CellBulkSensing as CellBulkSensing
    from .networks.chialvo_ring_star import ChialvoRingStar as ChialvoRingStar
    from .networks.chialvo_rulkov_chain import ChialvoRulkovChain as ChialvoRulkovChain
    from .networks.coupled_map_lattice import CoupledMapLattice as CoupledMapLattice
    from .networks.friedkin_johnsen import FriedkinJohnsen as FriedkinJohnsen
    from .networks.globally_coupled_maps import GloballyCoupledMaps as GloballyCoupledMaps
    from .networks.globally_coupled_xy import GloballyCoupledXY as GloballyCoupledXY
    from .networks.hegselmann_krause import HegselmannKrause as HegselmannKrause
    from .networks.higher_order_kuramoto import HigherOrderKuramoto as HigherOrderKuramoto
    from .networks.kuramoto import Kuramoto as Kuramoto
    from .networks.noisy_kuramoto import NoisyKuramoto as NoisyKuramoto
    from .networks.stuart_landau_network import StuartLandauNetwork as StuartLandauNetwork
    from .pde.advection_diffusion import AdvectionDiffusion as AdvectionDiffusion
    from .pde.allen_cahn import AllenCahn as AllenCahn
    from .pde.allen_cahn_interval import AllenCahnInterval as AllenCahnInterval
    from .pde.benjamin_bona_mahony import BenjaminBonaMahony as BenjaminBonaMahony
    from .pde.benjamin_ono import BenjaminOno as BenjaminOno
    from .pde.brusselator_field import BrusselatorField as BrusselatorField
    from .pde.burgers import Burgers as Burgers
    from .pde.cahn_hilliard import CahnHilliard as CahnHilliard
    from .pde.complex_ginzburg_landau import ComplexGinzburgLandau as ComplexGinzburgLandau
    from .pde.fisher_kpp import FisherKPP as FisherKPP
    from .pde.fitzhugh_nagumo_field import FitzHughNagumoField as FitzHughNagumoField
    from .pde.gray_scott import GrayScott as GrayScott
    from .pde.heat_rod import HeatRod as HeatRod
    from .pde.indirect_chemotaxis import IndirectChemotaxis as IndirectChemotaxis
    from .pde.kawahara import Kawahara as Kawahara
    from .pde.keller_segel import KellerSegel as KellerSegel
    from .pde.korteweg_de_vries import KortewegDeVries as KortewegDeVries
    from .pde.kuramoto_sivashinsky import KuramotoSivashinsky as KuramotoSivashinsky
    from .pde.lambda_omega import LambdaOmega as LambdaOmega
    from .pde.navier_stokes_vorticity import NavierStokesVorticity as NavierStokesVorticity
    from .pde.nikolaevskiy import Nikolaevskiy as Nikolaevskiy
    from .pde.nonlinear_schroedinger import NonlinearSchroedinger as NonlinearSchroedinger
    from .pde.phi_four import PhiFour as PhiFour
    from .pde.schnakenberg_field import SchnakenbergField as SchnakenbergField
    from .pde.sine_gordon import SineGordon as SineGordon
    from .pde.swift_hohenberg import SwiftHohenberg as SwiftHohenberg
    from .pde.wildfire import Wildfire as Wildfire
    from .stochastic.autoregressive import Autoregressive as Autoregressive
    from .stochastic.birth_death import BirthDeath as BirthDeath
    from .stochastic.brownian_motion import BrownianMotion as BrownianMotion
    from .stochastic.coherence_resonance import CoherenceResonance as CoherenceResonance
    from .stochastic.cox_ingersoll_ross import CoxIngersollRoss as CoxIngersollRoss
    from .stochastic.double_well import DoubleWell as DoubleWell
    from .stochastic.gene_expression import GeneExpression as GeneExpression
    from .stochastic.geometric_brownian_motion import GeometricBrownianMotion as GeometricBrownianMotion
    from .stochastic.heston import Heston as Heston
    from .stochastic.langevin import Langevin as Langevin
    from .stochastic.noisy_logistic import NoisyLogistic as NoisyLogistic
    from .stochastic.ornstein_uhlenbeck import OrnsteinUhlenbeck as OrnsteinUhlenbeck
    from .stochastic.random_advection_lattice import RandomAdvectionLattice as RandomAdvectionLattice
    from .stochastic.random_walk import RandomWalk as RandomWalk
    from .stochastic.schlogl import Schlogl as Schlogl
    from .stochastic.stochastic_brusselator import StochasticBrusselator as StochasticBrusselator
    from .stochastic.stochastic_dyadic import StochasticDyadic as StochasticDyadic
    from .stochastic.stochastic_hopf import StochasticHopf as StochasticHopf
    from .stochastic.stochastic_logistic import StochasticLogistic as StochasticLogistic
    from .stochastic.stochastic_lorenz import StochasticLorenz as StochasticLorenz
    from .stochastic.stochastic_resonance import StochasticResonance as StochasticResonance
    from .stochastic.telegraph_noise import TelegraphNoise as TelegraphNoise
    from .stochastic.washboard import Washboard as Washboard
    from .stochastic.wright_fisher import WrightFisher as WrightFisher
