using System.Net;
using System.Net.Sockets;

namespace AkkaChat.ClusterApp.Specs.Processes;

internal static class Ports
{
    /// <summary>
    /// Not one that the system would choose: by the time a node is started again, it could have given it to any connection.
    /// </summary>
    public static int Free()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 30_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: another one.
            }
        }
    }
}
