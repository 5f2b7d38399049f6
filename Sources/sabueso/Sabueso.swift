@main struct Sabueso { static func main() {} }
